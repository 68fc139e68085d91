/// Writes into the status of every Trigger and EventListener where it is reached and whether it is ready. Begin with
/// [Controller], which wires the way of one change: the mirror hands out objects, the engine's `catalog` compiles them,
/// [TriggerStatuses] and [ListenerStatuses] decide, [StatusWriter] writes what differs. Only the program that starts a
/// controller calls this package.
@NullMarked
package dev.bellhop.controller;

import org.jspecify.annotations.NullMarked;
