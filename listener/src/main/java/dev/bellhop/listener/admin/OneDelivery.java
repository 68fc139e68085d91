package dev.bellhop.listener.admin;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.api.ObjectName;
import dev.bellhop.listener.journal.Cancellation;
import dev.bellhop.listener.journal.DeliveryHistory;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliverySummary;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.Redelivery;

/// One delivery: shown to those who may `get` its Trigger, moved by those who may `update` it. To others it does not exist.
final class OneDelivery {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Access access;
    private final Journal journal;
    private final HiddenFields hidden;

    OneDelivery(Access access, Journal journal, HiddenFields hidden) {
        this.access = access;
        this.journal = journal;
        this.hidden = hidden;
    }

    private sealed interface Found {
        record Here(DeliveryHistory history) implements Found {}

        record Not(Reply reply) implements Found {}
    }

    Reply show(ApiRequest request) {
        boolean payload = request.query().flag("payload");
        return switch (find(request)) {
            case Found.Here(var history) -> Reply
                    .json(payload ? DeliveryJson.withPayload(history, hidden) : DeliveryJson.whole(history));
            case Found.Not(var reply) -> reply;
        };
    }

    Reply redeliver(ApiRequest request) throws InterruptedException {
        return move(request, (one, by) -> answer(one.id(), await(journal.redeliver(one.id(), by))));
    }

    Reply replay(ApiRequest request) throws InterruptedException {
        return move(request, (one, by) -> answer(one.id(), await(journal.replay(one.id(), by))));
    }

    Reply cancel(ApiRequest request) throws InterruptedException {
        return move(request, (delivery, by) -> delivery.state().isFinished()
                ? Reply.error(409, delivery.id() + " is " + ShownOutcome.of(delivery.state())
                        + ": there is nothing to cancel")
                : cancel(delivery.id(), by));
    }

    private Reply cancel(DeliveryId id, String by) throws InterruptedException {
        return switch (await(journal.cancel(id, by))) {
            case Cancellation.Cancelled _ -> moved(id, ShownOutcome.Cancelled);
            case Cancellation.NotFound _ -> missing(id.value());
            case Cancellation.Refused(var why) -> Reply.error(409, why);
        };
    }

    private interface Move {
        Reply of(DeliverySummary delivery, String by) throws InterruptedException;
    }

    private Reply move(ApiRequest request, Move move) throws InterruptedException {
        switch (find(request)) {
            case Found.Not(var reply) -> {
                return reply;
            }
            case Found.Here(var history) -> {
                ObjectName trigger = history.summary().trigger();
                var granted = access.toTrigger(request.token(), "update", trigger.namespace(), trigger.name());
                return granted instanceof Access.Granted.Yes(var user)
                        ? move.of(history.summary(), user)
                        : granted.refusal().orElseThrow();
            }
        }
    }

    private Found find(ApiRequest request) {
        var text = request.path().getOrDefault("id", "");
        // Whoever is unknown learns that first.
        var known = access.toTriggers(request.token(), "list", request.namespace().orElse(""));
        if (known instanceof Access.Granted.Unknown) {
            return new Found.Not(known.refusal().orElseThrow());
        }
        Optional<DeliveryHistory> found = DeliveryId.read(text).flatMap(journal::get)
                .filter(history -> request.namespace().map(history.summary().trigger().namespace()::equals)
                        .orElse(true));
        if (found.isEmpty()) {
            return new Found.Not(missing(text));
        }
        var trigger = found.get().summary().trigger();
        return access.toTrigger(request.token(), "get", trigger.namespace(),
                trigger.name()) instanceof Access.Granted.Yes
                        ? new Found.Here(found.get())
                        : new Found.Not(missing(text));
    }

    private static Reply missing(String id) {
        return Reply.error(404, "there is no delivery '" + id + "' that you may see: its ID is in the listing;"
                + " perhaps it is not kept any more, or belongs to another namespace or listener");
    }

    private static Reply answer(DeliveryId id, Redelivery redelivery) {
        return switch (redelivery) {
            case Redelivery.Queued(var queued) -> moved(queued, ShownOutcome.Pending);
            case Redelivery.NotFound _ -> missing(id.value());
            case Redelivery.Refused(var why) -> Reply.error(409, why);
        };
    }

    private static Reply moved(DeliveryId id, ShownOutcome outcome) {
        return Reply.json(JsonNodeFactory.instance.objectNode().put("id", id.value()).put("outcome", outcome.name()));
    }

    /// What the journal says, once it is on disk.
    static <T> T await(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the journal did not take the request", e);
        }
    }
}
