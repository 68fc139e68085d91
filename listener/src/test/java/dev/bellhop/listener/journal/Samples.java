package dev.bellhop.listener.journal;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;

/// Events and deliveries for tests.
public final class Samples {
    public static final Door LISTENER = Door.listener(new ObjectName("bellhop", "shared"));

    private Samples() {}

    public static Event event(Clock clock, String text) {
        return event(clock.instant(), "/", Headers.of(List.of(Map.entry("X-GitHub-Event", "push"))), text);
    }

    public static Event event(Instant at, String url, Headers headers, String text) {
        var body = JsonNodeFactory.instance.objectNode().put("text", text);
        return new Event(EventId.at(at, ThreadLocalRandom.current()), at, "POST", url, headers, Body.of(body));
    }

    /// For each `namespace/name`, one delivery without extensions.
    public static Accepted accepted(Event event, String... triggers) {
        return new Accepted(event, Stream.of(triggers).map(t -> delivery(t, none())).toList());
    }

    public static NewDelivery delivery(String trigger, ObjectNode extensions) {
        var name = trigger.split("/", 2);
        return new NewDelivery(LISTENER, new ObjectName(name[0], name[1]), "uid-" + name[1], extensions);
    }

    /// An event that one Trigger wants, with keys.
    public static Accepted keyed(Event event, String trigger, Optional<DedupKey> dedup,
            Optional<Concurrency> concurrency) {
        var plain = delivery(trigger, none());
        return new Accepted(event, List.of(new NewDelivery(plain.door(), plain.trigger(), plain.triggerUid(),
                plain.extensions(), dedup, concurrency)));
    }

    public static ObjectNode none() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// Appends and waits for the disk.
    public static List<DeliveryId> append(Journal journal, Accepted accepted) {
        return switch (await(journal.append(accepted))) {
            case Appended.Durable durable -> durable.ids();
            case Appended.Unavailable(var why, _) -> throw new AssertionError("not stored: " + why);
        };
    }

    /// Settles and waits for the disk.
    public static void settle(Journal journal, Clock clock, Delivery delivery, Outcome outcome) {
        await(journal.settle(new Tried(delivery, clock.instant(), clock.instant(), outcome)));
    }

    public static <T> T await(java.util.concurrent.CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("stage did not complete", e);
        }
    }
}
