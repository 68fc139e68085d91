/// Placeholder for the module's opening paragraph.
@NullMarked
package dev.bellhop.engine;

import org.jspecify.annotations.NullMarked;
