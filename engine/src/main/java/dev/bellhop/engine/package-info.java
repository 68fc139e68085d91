/// What happens to one event, as pure functions: no server, no cluster, no thread and no clock of its own.
///
/// The way of an event: `select` (which Triggers it concerns) → `intercept` (authenticate, filter) → `bind` (give values
/// names) → `render` (put them into objects). `trigger` holds the order and compiles a Trigger once, when it changes.
/// The listener runs events through it, the controller compiles Triggers with it to tell whether they are sound.
@NullMarked
package dev.bellhop.engine;

import org.jspecify.annotations.NullMarked;
