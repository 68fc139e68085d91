package dev.bellhop.controller;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.bellhop.api.EventSourceStatus;
import dev.bellhop.api.ObjectName;
import dev.bellhop.controller.Finding.Findings;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.catalog.ServedSource;

/// Decides what the status of an EventSource has to be, but for its condition `Connected` and its clusters: they are for the listener which runs it
/// to say. A function of what it is given.
record SourceStatuses(Findings findings) {
    private static final String BOUND = "Bound";
    private static final String SUSPENDED = "Suspended";

    /// The status, its condition without a time; empty while something that the EventSource names has not been looked at.
    Optional<EventSourceStatus> of(ServedSource source) {
        var stored = source.stored();
        var verdict = new Verdict();
        verdict.addAll(source.problems());
        named(source).forEach(account -> verdict.add(Reason.ServiceAccountMissing, findings.serviceAccount(account)));
        if (!verdict.isComplete()) {
            return Optional.empty();
        }
        int triggers = source.index().size();
        var bound = "Bound to " + triggers + (triggers == 1 ? " Trigger" : " Triggers");
        return Optional.of(new EventSourceStatus(stored.generation(), triggers, List.of(), List.of(source.suspended()
                ? verdict.condition(stored.generation(), SUSPENDED,
                        bound + ", but spec.suspend is true: it is stopped until it is false again")
                : verdict.condition(stored.generation(), BOUND, bound))));
    }

    /// The ServiceAccount that the source names; none for the one that every namespace has.
    static Set<ObjectName> named(ServedSource source) {
        return source.serviceAccount().equals(ServedSource.DEFAULT_ACCOUNT)
                ? Set.of()
                : Set.of(new ObjectName(source.stored().name().namespace(), source.serviceAccount()));
    }
}
