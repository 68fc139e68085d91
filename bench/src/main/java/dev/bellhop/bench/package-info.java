/// Placeholder for the module's opening paragraph.
@NullMarked
package dev.bellhop.bench;

import org.jspecify.annotations.NullMarked;
