/// Compiling one Trigger.
@NullMarked
package dev.bellhop.engine.trigger;

import org.jspecify.annotations.NullMarked;
