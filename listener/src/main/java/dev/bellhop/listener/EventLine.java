package dev.bellhop.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.cluster.SecretCache;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.intercept.Decision;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.select.Addressed;
import dev.bellhop.engine.select.Route;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.listener.http.Answer;
import dev.bellhop.listener.http.Line;
import dev.bellhop.listener.journal.Accepted;
import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.Concurrency;
import dev.bellhop.listener.journal.DedupKey;
import dev.bellhop.listener.journal.Door;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.NewDelivery;
import dev.bellhop.listener.record.Ending;
import dev.bellhop.listener.record.OutcomeRecorder;
import dev.bellhop.listener.share.Intake;
import dev.bellhop.listener.share.Rules;

/// One event, from the door until it is safe on disk. Read this class first; what happens after the answer is in [TriggerRun].
///
/// Which Triggers does the request address? Which of them want the event? Keep it for those, then answer. All of it is pure
/// CPU work of microseconds on the event loop; it leaves the loop only to read a Secret, and an event that nobody wants costs
/// neither disk nor a thread.
final class EventLine implements Line {
    /// A Secret is read again, beside the event, when it was last read longer ago.
    private static final Duration SECRET_AGE = Duration.ofSeconds(10);
    /// Before a signature is refused, the Secret is read again if it was last read longer ago: it may have been rotated.
    private static final Duration SECRET_AGE_FOR_REFUSAL = Duration.ofSeconds(1);

    private final Directory directory;
    private final SecretCache secrets;
    private final Intake intake;
    private final Journal journal;
    private final OutcomeRecorder recorder;
    private final Executor virtualThreads;
    private final Supplier<Phase> phase;

    EventLine(Directory directory, SecretCache secrets, Intake intake, Journal journal, OutcomeRecorder recorder,
            Executor virtualThreads, Supplier<Phase> phase) {
        this.directory = directory;
        this.secrets = secrets;
        this.intake = intake;
        this.journal = journal;
        this.recorder = recorder;
        this.virtualThreads = virtualThreads;
        this.phase = phase;
    }

    /// What one Trigger says to the event.
    private record Decided(CompiledTrigger trigger, Decision decision) {}

    @Override
    public boolean isReady() {
        return phase.get() == Phase.SERVING;
    }

    @Override
    public boolean isEnding() {
        return phase.get().isEnding();
    }

    @Override
    public Found find(String path, String query) {
        if (!phase.get().accepts()) {
            return new Found.Refusal(notNow());
        }
        var place = directory.find(path);
        if (place.isEmpty()) {
            return new Found.Refusal(new Answer.NotFound());
        }
        var listener = place.get().listener();
        return switch (listener.index().addressed(Route.of(place.get().path(), query))) {
            case Addressed.Nobody _ -> new Found.Refusal(new Answer.NotFound());
            case Addressed.Malformed(var why) -> new Found.Refusal(new Answer.BadRequest(why));
            case Addressed.NotReady _ -> new Found.Refusal(Answer.notReady());
            case Addressed.Triggers(var candidates) ->
                new Found.Reception(listener.stored().name(), listener.stored().uid(), candidates);
        };
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
        var triggers = reception.candidates().concerning(event);
        var named = secretsOf(triggers);
        if (!secrets.isKnown(named)) {
            return offLoop(() -> {
                secrets.refresh(named, Duration.ZERO);
                return decide(reception, event, triggers);
            });
        }
        if (!secrets.isFresh(named, SECRET_AGE)) {
            secrets.refreshBeside(named, SECRET_AGE, virtualThreads);
        }
        return decide(reception, event, triggers);
    }

    private CompletionStage<Answer> decide(Found.Reception reception, Event event, List<CompiledTrigger> triggers) {
        var decided = decideAll(event, triggers);
        var refusing = decided.stream().filter(one -> one.decision() instanceof Decision.Refused).map(Decided::trigger)
                .toList();
        var named = secretsOf(refusing);
        if (refusing.isEmpty() || secrets.isFresh(named, SECRET_AGE_FOR_REFUSAL)) {
            return keep(reception, event, decided);
        }
        return offLoop(() -> {
            secrets.refresh(named, SECRET_AGE_FOR_REFUSAL);
            return keep(reception, event, decideAll(event, triggers));
        });
    }

    private List<Decided> decideAll(Event event, List<CompiledTrigger> triggers) {
        var decided = new ArrayList<Decided>(triggers.size());
        for (var trigger : triggers) {
            decided.add(new Decided(trigger, trigger.decide(event, secrets)));
        }
        return decided;
    }

    private CompletionStage<Answer> keep(Found.Reception reception, Event event, List<Decided> decided) {
        var takers = new ArrayList<Decided>();
        for (var one : decided) {
            if (one.decision() instanceof Decision.Continue) {
                takers.add(one);
            } else {
                recorder.record(event, Door.listener(reception.listener()), one.trigger(), ending(one.decision()));
            }
        }
        if (takers.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Answer.whenNoneTakes(event.id(), decided.stream().map(Decided::decision).toList()));
        }
        var tooMuch = intake.take(takers.stream().map(one -> Rules.laneOf(one.trigger())).toList(),
                event.body().bytes().length);
        if (tooMuch.isPresent()) {
            takers.forEach(one -> recorder.record(event, Door.listener(reception.listener()), one.trigger(),
                    new Ending.Throttled(tooMuch.get().why())));
            return CompletableFuture
                    .completedFuture(new Answer.TooMany(tooMuch.get().why(), tooMuch.get().retryAfter()));
        }
        var deliveries = takers.stream().map(one -> delivery(reception, event, one)).toList();
        return journal.append(new Accepted(event, deliveries)).thenApply(appended -> switch (appended) {
            case Appended.Durable(var stored) -> {
                for (int i = 0; i < stored.size(); i++) {
                    var delivery = deliveries.get(i);
                    var id = stored.get(i).id();
                    stored.get(i).duplicateOf().ifPresent(of -> recorder.recordDuplicate(id, delivery, of));
                }
                yield new Answer.Accepted(event.id());
            }
            case Appended.Unavailable(var why, var retryAfter) ->
                new Answer.Unavailable("the event could not be stored: " + why, retryAfter);
        });
    }

    private NewDelivery delivery(Found.Reception reception, Event event, Decided taker) {
        var trigger = taker.trigger();
        var extensions = taker.decision() instanceof Decision.Continue(var added)
                ? added
                : JsonNodeFactory.instance.objectNode();
        var keys = trigger.policy().keys(event, extensions);
        keys.complaints().forEach(why -> recorder.complain(Door.listener(reception.listener()), trigger, why));
        return new NewDelivery(Door.listener(reception.listener()), trigger.name(), trigger.uid(), extensions,
                keys.dedup().map(key -> new DedupKey(key.value(), key.window())),
                keys.concurrency().map(key -> new Concurrency(key.value(), policy(key.policy()))));
    }

    private static Concurrency.Policy policy(dev.bellhop.engine.policy.Concurrency.Policy policy) {
        return switch (policy) {
            case QUEUE -> Concurrency.Policy.QUEUE;
            case CANCEL_OLDER -> Concurrency.Policy.CANCEL_OLDER;
            case DROP_NEWER -> Concurrency.Policy.DROP_NEWER;
        };
    }

    private static Ending ending(Decision decision) {
        return switch (decision) {
            case Decision.Filtered(var by, var why) -> new Ending.Filtered(by, why);
            case Decision.Refused(var _, var by, var why, var advice) ->
                new Ending.Refused(by, advice.isEmpty() ? why : why + "; " + advice);
            case Decision.Failed(var by, var why, var _) -> new Ending.Undecided(by, why);
            case Decision.Continue _ -> throw new IllegalStateException("an event that goes on has not ended");
        };
    }

    private static List<SecretRef> secretsOf(List<CompiledTrigger> triggers) {
        return switch (triggers.size()) {
            case 0 -> List.of();
            case 1 -> triggers.getFirst().secrets();
            default -> triggers.stream().flatMap(trigger -> trigger.secrets().stream()).distinct().toList();
        };
    }

    private CompletionStage<Answer> offLoop(Supplier<CompletionStage<Answer>> work) {
        return CompletableFuture.supplyAsync(work, virtualThreads).thenCompose(answer -> answer);
    }
}
