package dev.bellhop.engine.intercept;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.cel.Conjunct;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets;

/// A check or filter, compiled for one Trigger. It is pure CPU work of microseconds, runs on the event loop, answers by
/// its arguments alone, may be called by several threads, and throws only on a fault of ours.
public interface Interceptor {
    /// The name shown where this interceptor ends a run: its `name` in the Trigger, else the kind, such as `github`.
    String name();

    /// Decides about `event`. `extensions` are those of the interceptors before it and must not be changed.
    Decision intercept(Event event, ObjectNode extensions, Secrets secrets);

    /// Every secret that [#intercept] may look up.
    List<SecretRef> secrets();

    /// What holds of every event that [#intercept] lets go on; may be empty, and is never complete. An index over many
    /// Triggers skips this one for events of which something here does not hold. Such an event does not concern the
    /// Trigger, whoever sent it: the sender is not authenticated, so it must be answered as if the Trigger did not exist.
    List<Conjunct> conjuncts();
}
