/// One Trigger, compiled once: [TriggerCompiler] makes it, [CompiledTrigger] holds the order decide → bind → render.
@NullMarked
package dev.bellhop.engine.trigger;

import org.jspecify.annotations.NullMarked;
