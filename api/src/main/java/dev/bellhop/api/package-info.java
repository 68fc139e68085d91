/// Placeholder for the module's opening paragraph.
@NullMarked
package dev.bellhop.api;

import org.jspecify.annotations.NullMarked;
