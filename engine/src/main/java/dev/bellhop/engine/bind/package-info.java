/// Gives the values of an event names: the params of bindings, with `$(…)` paths into the event. [Bindings] compiles them
/// when a Trigger changes and takes the values out of every event; [ParamValue] is what templates put in.
@NullMarked
package dev.bellhop.engine.bind;

import org.jspecify.annotations.NullMarked;
