package dev.bellhop.engine.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.policy.DeliveryKeys.ConcurrencyKey;
import dev.bellhop.engine.policy.DeliveryKeys.DedupKey;

/// How the deliveries of one Trigger are carried out. Shared by threads.
///
/// @param concurrency absent: no delivery excludes another
/// @param limits      that the Trigger sets itself; what holds is [AdminLimits#of(Limits)]
/// @param suspended   its events are taken in and kept, and its deliveries wait
/// @param rollback    whether a delivery that is given up deletes what it created
public record DeliveryPolicy(Retry retry, DeadLetter deadLetter, Dedup dedup, Optional<Concurrency> concurrency,
        Limits limits, boolean suspended, boolean rollback) {
    /// The key when none is written: the same for all deliveries of the Trigger.
    private static final String EVERY_DELIVERY = "*";

    /// Of a Trigger that says nothing about it.
    public static final DeliveryPolicy DEFAULT = new DeliveryPolicy(Retry.DEFAULT, DeadLetter.NONE, Dedup.DEFAULT,
            Optional.empty(), Limits.NONE, false, false);

    /// The same, but all deliveries of the Trigger exclude each other.
    public DeliveryPolicy oneAtATime() {
        return new DeliveryPolicy(retry, deadLetter, dedup,
                Optional.of(new Concurrency(Optional.empty(), Concurrency.Policy.QUEUE)), limits, suspended, rollback);
    }

    /// The keys of an event that the interceptors let go on with `extensions`. Pure CPU work of microseconds. A key that
    /// cannot be told is absent, and complained about: an event that is done twice is better than one that is lost.
    public DeliveryKeys keys(Event event, ObjectNode extensions) {
        var complaints = new ArrayList<String>();
        var dedupKey = switch (dedup) {
            case Dedup.Off _ -> Optional.<DedupKey>empty();
            case Dedup.BySender(var window) -> SenderIds.of(event).map(id -> new DedupKey(id, window));
            case Dedup.ByKey(var key, var window) -> value("dedup.key", key, event, extensions, complaints)
                    .map(text -> new DedupKey("key: " + text, window));
        };
        var concurrencyKey = concurrency.flatMap(one -> one.key().isEmpty()
                ? Optional.of(new ConcurrencyKey(EVERY_DELIVERY, one.policy()))
                : value("concurrency.key", one.key().get(), event, extensions, complaints)
                        .map(text -> new ConcurrencyKey(text, one.policy())));
        return new DeliveryKeys(dedupKey, concurrencyKey, complaints);
    }

    private static Optional<String> value(String field, KeyExpression expression, Event event, ObjectNode extensions,
            List<String> complaints) {
        return switch (expression.of(event, extensions)) {
            case KeyExpression.Key.Value(var text) -> Optional.of(text);
            case KeyExpression.Key.None _ -> Optional.empty();
            case KeyExpression.Key.Failed(var why) -> {
                complaints.add(field + " \"" + expression + "\" failed to evaluate: " + why);
                yield Optional.empty();
            }
        };
    }
}
