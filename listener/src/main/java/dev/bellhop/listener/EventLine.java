package dev.bellhop.listener;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.select.Addressed;
import dev.bellhop.engine.select.Route;
import dev.bellhop.listener.http.Answer;
import dev.bellhop.listener.http.Line;
import dev.bellhop.listener.journal.Door;
import dev.bellhop.listener.journal.Lane;
import dev.bellhop.listener.share.Rules;

/// One posted event, from the door until it is safe on disk. Read this class first; what an EventSource brings comes in by
/// [SourceLine], what a plug-in posts for one by [PluginLine]; both go the same way from there. What happens after the answer is
/// in [TriggerRun].
///
/// Which Triggers does the request address? Which of them want the event ([Triage])? Keep it for those, then answer.
final class EventLine implements Line {
    private final Directory directory;
    private final Triage triage;
    private final PluginLine plugins;
    private final Supplier<Phase> phase;

    EventLine(Directory directory, Triage triage, PluginLine plugins, Supplier<Phase> phase) {
        this.directory = directory;
        this.triage = triage;
        this.plugins = plugins;
        this.phase = phase;
    }

    @Override
    public boolean isReady() {
        return phase.get() == Phase.SERVING;
    }

    @Override
    public boolean isEnding() {
        return phase.get().isEnding();
    }

    @Override
    public Found find(String host, String path, String query) {
        if (!phase.get().accepts()) {
            return new Found.Refusal(notNow());
        }
        if (directory.isOfSources(path)) {
            return plugins.find(path);
        }
        var place = directory.find(host, path, query);
        if (place.isEmpty()) {
            return new Found.Refusal(new Answer.NotFound());
        }
        var listener = place.get().listener();
        var route = place.get().route();
        return switch (listener.index().addressed(route)) {
            case Addressed.Nobody _ -> new Found.Refusal(new Answer.NotFound());
            case Addressed.Malformed(var why) -> new Found.Refusal(new Answer.BadRequest(why));
            case Addressed.NotReady _ -> new Found.Refusal(Answer.notReady());
            case Addressed.Triggers(var candidates) ->
                new Found.Reception(listener.stored().name(), listener.stored().uid(), route, candidates);
        };
    }

    @Override
    public Optional<Answer> turnAway(Found.Taker taker) {
        var tooMuch = switch (taker) {
            case Found.Reception reception ->
                reception.route().tenant().flatMap(tenant -> triage.turnAway(tenant, lane(reception)));
            case Found.Emission emission -> triage.turnAway(emission.source().namespace(), Optional.empty());
        };
        return tooMuch.map(tooMany -> new Answer.TooMany(tooMany.why(), tooMany.retryAfter()));
    }

    /// The lane of the Trigger that is addressed alone.
    private Optional<Lane> lane(Found.Reception reception) {
        return reception.route() instanceof Route.One(var trigger)
                ? directory.behind(Door.listener(reception.listener()))
                        .flatMap(behind -> behind.index().find(trigger)).map(Rules::laneOf)
                : Optional.empty();
    }

    @Override
    public CompletionStage<Answer> accept(Found.Emission emission, EventId id, Headers headers, byte[] body) {
        return plugins.accept(emission, id, headers, body);
    }

    private static Answer notNow() {
        return new Answer.Unavailable("the listener is starting or stopping", Duration.ofSeconds(2));
    }

    @Override
    public CompletionStage<Answer> accept(Found.Reception reception, Event event) {
        if (!phase.get().accepts()) {
            // It stopped while the body arrived.
            return CompletableFuture.completedFuture(notNow());
        }
        var arrival = new Triage.Arrival(Door.listener(reception.listener()), event,
                reception.candidates().concerning(event), Optional.empty());
        return triage.take(arrival).thenApply(taken -> switch (taken) {
            case Triage.Taken.Kept _ -> new Answer.Accepted(event.id());
            case Triage.Taken.Unwanted(var decisions) -> Answer.whenNoneTakes(event.id(), decisions);
            case Triage.Taken.TooMany(var why, var retryAfter) -> new Answer.TooMany(why, retryAfter);
            case Triage.Taken.Unavailable(var why, var retryAfter) ->
                new Answer.Unavailable("the event could not be stored: " + why, retryAfter);
        });
    }
}
