package dev.bellhop.engine.intercept;

import java.util.List;
import java.util.Optional;

import dev.bellhop.engine.cel.Conjunct;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets;

/// One question put to an event. The interceptors for senders are lists of these.
sealed interface Check permits HmacSignature, SharedToken, JsonContentType, EventTypes {
    /// Why the event may not go on, in the name of the interceptor `by`; empty when there is no objection.
    Optional<Decision> objection(String by, Event event, Secrets secrets);

    /// Every secret that [#objection] may look up.
    default List<SecretRef> secrets() {
        return List.of();
    }

    /// What holds of every event to which there is no objection.
    default List<Conjunct> conjuncts() {
        return List.of();
    }
}
