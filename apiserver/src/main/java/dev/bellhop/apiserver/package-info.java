/// Placeholder for the module's opening paragraph.
@NullMarked
package dev.bellhop.apiserver;

import org.jspecify.annotations.NullMarked;
