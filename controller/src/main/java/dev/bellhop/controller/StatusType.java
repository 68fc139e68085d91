package dev.bellhop.controller;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.bellhop.api.EventListener;
import dev.bellhop.api.EventListenerStatus;
import dev.bellhop.api.EventSource;
import dev.bellhop.api.EventSourceStatus;
import dev.bellhop.api.Trigger;
import dev.bellhop.api.TriggerStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import org.jspecify.annotations.Nullable;

/// What [StatusWriter] has to know of a kind to compare and to write its status.
record StatusType<S>(Class<? extends CustomResource<?, S>> kind, Function<S, List<Condition>> conditions,
        BiFunction<S, List<Condition>, S> withConditions) {

    static final StatusType<TriggerStatus> TRIGGER = new StatusType<>(Trigger.class, TriggerStatus::conditions,
            (status, conditions) -> new TriggerStatus(status.observedGeneration(), status.address(), status.listeners(),
                    conditions));

    static final StatusType<EventListenerStatus> LISTENER = new StatusType<>(EventListener.class,
            EventListenerStatus::conditions, (status, conditions) -> new EventListenerStatus(
                    status.observedGeneration(), status.address(), status.triggers(), conditions));

    static final StatusType<EventSourceStatus> SOURCE = new StatusType<>(EventSource.class,
            EventSourceStatus::conditions, (status, conditions) -> new EventSourceStatus(status.observedGeneration(),
                    status.triggers(), List.of(), conditions));

    String kindName() {
        return kind.getSimpleName();
    }

    /// The `Ready` condition in `status`.
    @Nullable
    Condition ready(@Nullable S status) {
        return status == null
                ? null
                : conditions.apply(status).stream()
                        .filter(condition -> Verdict.READY.equals(condition.getType())).findFirst().orElse(null);
    }

    /// Whether `known`, as read from the cluster, says what `wanted` does. Times, and conditions of others, do not count.
    boolean says(@Nullable S known, S wanted) {
        var ready = ready(known);
        return known != null && ready != null
                && withConditions.apply(known, List.of(at(ready, null))).equals(wanted);
    }

    /// `wanted` with the time of the last transition: that of `known`, unless readiness changes now.
    S complete(S wanted, @Nullable S known, String now) {
        var before = ready(known);
        return withConditions.apply(wanted, conditions.apply(wanted).stream()
                .map(condition -> at(condition, before != null && before.getLastTransitionTime() != null
                        && condition.getStatus().equals(before.getStatus()) ? before.getLastTransitionTime() : now))
                .toList());
    }

    private static Condition at(Condition condition, @Nullable String time) {
        return new ConditionBuilder(condition).withLastTransitionTime(time).build();
    }
}
