/// Which Triggers an event concerns: routes, label selectors and the index that keeps the cost of an event from growing
/// with the Triggers it does not concern. Begin with [TriggerIndex].
@NullMarked
package dev.bellhop.engine.select;

import org.jspecify.annotations.NullMarked;
