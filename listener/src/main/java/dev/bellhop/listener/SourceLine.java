package dev.bellhop.listener;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.event.Origin;
import dev.bellhop.engine.intercept.Decision;
import dev.bellhop.engine.select.Addressed;
import dev.bellhop.engine.select.Route;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.listener.journal.Door;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.Remembered;
import dev.bellhop.listener.record.RecentHappenings;
import dev.bellhop.listener.source.Acceptance;
import dev.bellhop.listener.source.SourceId;
import dev.bellhop.listener.source.SourceMeters;
import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.SourceEvent;

/// One event that an EventSource brings, until it is safe on disk: what [EventLine] is for posted ones.
final class SourceLine implements Acceptance {
    private static final Duration SOON = Duration.ofSeconds(2);

    private final Directory directory;
    private final Triage triage;
    private final Journal journal;
    private final Clock clock;
    private final SourceMeters meters;
    private final RecentHappenings recent;
    private final Supplier<Phase> phase;

    SourceLine(Directory directory, Triage triage, Journal journal, SourceMeters meters, RecentHappenings recent,
            Clock clock, Supplier<Phase> phase) {
        this.directory = directory;
        this.triage = triage;
        this.journal = journal;
        this.meters = meters;
        this.recent = recent;
        this.clock = clock;
        this.phase = phase;
    }

    @Override
    public CompletionStage<Emitted> accept(SourceId source, SourceEvent brought) {
        return accept(source, brought, EventId.at(clock.instant(), ThreadLocalRandom.current()));
    }

    @Override
    public void dropped(SourceId source, String rule, String what) {
        meters.dropped(source.kind());
        var now = clock.instant();
        recent.dropped(source.name(), now, EventId.at(now, ThreadLocalRandom.current()), rule, what);
    }

    /// As [#accept], for an event that has its name already.
    CompletionStage<Emitted> accept(SourceId source, SourceEvent brought, EventId id) {
        return taken(source, brought, id).thenApply(emitted -> {
            meters.emitted(source.kind(), emitted);
            return emitted;
        });
    }

    private CompletionStage<Emitted> taken(SourceId source, SourceEvent brought, EventId id) {
        if (!phase.get().accepts()) {
            return notNow("the listener is starting or stopping", SOON);
        }
        var served = directory.source(source.name()).filter(one -> one.stored().uid().equals(source.uid()));
        if (served.isEmpty()) {
            return notNow("EventSource " + source.name() + " is gone", SOON);
        }
        var event = event(source, brought, id);
        return switch (served.get().index().addressed(new Route.All())) {
            case Addressed.Triggers(var candidates) -> take(source, brought, event, candidates.concerning(event));
            // It waits for its Triggers to be made or mended, as a posted event is answered "not now".
            case Addressed.NotReady _ -> notNow("none of its Triggers exists and is Ready", SOON);
            case Addressed.Nobody _,Addressed.Malformed _ -> take(source, brought, event, List.of());
        };
    }

    private Event event(SourceId source, SourceEvent brought, EventId id) {
        var now = clock.instant();
        var facts = JsonNodeFactory.instance.objectNode();
        brought.facts().forEach(facts::set);
        // Not for the source to say.
        facts.put("eventSource", source.name().name());
        return Event.of(id, now, Headers.of(brought.headers().entrySet()),
                brought.body().json().map(Body::of)
                        .orElseGet(() -> Body.read(brought.body().bytes().orElseThrow())),
                new Origin.Sourced(source.kind(), source.uid() + "/" + brought.id(), brought.type(), brought.subject(),
                        brought.time(), facts, brought.oldBody()));
    }

    private CompletionStage<Emitted> take(SourceId source, SourceEvent brought, Event event,
            List<CompiledTrigger> triggers) {
        var remembered = brought.remember().isEmpty()
                ? Optional.<Remembered>empty()
                : Optional.of(new Remembered(source.uid(), brought.remember()));
        var arrival = new Triage.Arrival(Door.source(source.name()), event, triggers, remembered);
        return triage.take(arrival).thenCompose(taken -> switch (taken) {
            case Triage.Taken.Kept(var deliveries) ->
                CompletableFuture.completedFuture(new Emitted.Kept(deliveries.size()));
            case Triage.Taken.Unwanted(var decisions) -> passing(decisions).map(why -> notNow(why, SOON))
                    .orElseGet(() -> unwanted(remembered));
            case Triage.Taken.TooMany(var why, var retryAfter) -> notNow(why, retryAfter);
            case Triage.Taken.Unavailable(var why, var retryAfter) -> notNow(why, retryAfter);
        });
    }

    /// Why a Trigger could not decide, if it may be able to later.
    private static Optional<String> passing(List<Decision> decisions) {
        for (var decision : decisions) {
            if (decision instanceof Decision.Failed(var _, var why, var retryable) && retryable) {
                return Optional.of(why);
            }
        }
        return Optional.empty();
    }

    /// Not waited for: should it be lost, the event comes again and is unwanted again.
    private CompletionStage<Emitted> unwanted(Optional<Remembered> remembered) {
        remembered.ifPresent(changes -> {
            var _ = journal.remember(changes);
        });
        return CompletableFuture.completedFuture(new Emitted.Kept(0));
    }

    private static CompletionStage<Emitted> notNow(String why, Duration retryAfter) {
        return CompletableFuture.completedFuture(new Emitted.NotNow(why, retryAfter));
    }
}
