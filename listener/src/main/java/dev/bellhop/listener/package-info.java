/// Placeholder for the module's opening paragraph.
@NullMarked
package dev.bellhop.listener;

import org.jspecify.annotations.NullMarked;
