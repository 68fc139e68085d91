/// Placeholder for the module's opening paragraph.
@NullMarked
package dev.bellhop.cli;

import org.jspecify.annotations.NullMarked;
