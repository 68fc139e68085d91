package dev.bellhop.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.cluster.SecretCache;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.intercept.Decision;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.listener.journal.Accepted;
import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.Concurrency;
import dev.bellhop.listener.journal.DedupKey;
import dev.bellhop.listener.journal.Door;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.Lane;
import dev.bellhop.listener.journal.NewDelivery;
import dev.bellhop.listener.journal.Remembered;
import dev.bellhop.listener.journal.Stored;
import dev.bellhop.listener.record.Ending;
import dev.bellhop.listener.record.OutcomeRecorder;
import dev.bellhop.listener.share.Intake;
import dev.bellhop.listener.share.Rules;

/// Asks the Triggers that an event may concern whether they want it, and keeps it for those that do; the same for whatever came
/// through any door.
///
/// All of it is pure CPU work of microseconds on the caller's thread; it leaves that thread only to read a Secret, and an event
/// that nobody wants costs neither disk nor a thread.
final class Triage {
    /// A Secret is read again, beside the event, when it was last read longer ago.
    private static final Duration SECRET_AGE = Duration.ofSeconds(10);
    /// Before a signature is refused, the Secret is read again if it was last read longer ago: it may have been rotated.
    private static final Duration SECRET_AGE_FOR_REFUSAL = Duration.ofSeconds(1);

    private final SecretCache secrets;
    private final Intake intake;
    private final Journal journal;
    private final OutcomeRecorder recorder;
    private final Executor virtualThreads;

    Triage(SecretCache secrets, Intake intake, Journal journal, OutcomeRecorder recorder, Executor virtualThreads) {
        this.secrets = secrets;
        this.intake = intake;
        this.journal = journal;
        this.recorder = recorder;
        this.virtualThreads = virtualThreads;
    }

    /// An event that came in.
    ///
    /// @param triggers   that may want it
    /// @param remembered what its source remembers from now on, stored with it if it is stored
    record Arrival(Door door, Event event, List<CompiledTrigger> triggers, Optional<Remembered> remembered) {}

    /// What became of an event.
    sealed interface Taken {
        /// It is on disk for each of these.
        record Kept(List<Stored> deliveries) implements Taken {}

        /// No Trigger wants it; what each says. Nothing is stored.
        record Unwanted(List<Decision> decisions) implements Taken {}

        /// Nothing of it is kept: the Triggers that want it have too much already.
        record TooMany(String why, Duration retryAfter) implements Taken {}

        /// Nothing of it is kept: the journal cannot write.
        record Unavailable(String why, Duration retryAfter) implements Taken {}
    }

    /// What one Trigger says to the event.
    private record Decided(CompiledTrigger trigger, Decision decision) {}

    CompletionStage<Taken> take(Arrival arrival) {
        var named = secretsOf(arrival.triggers());
        if (!secrets.isKnown(named)) {
            return offThread(() -> {
                secrets.refresh(named, Duration.ZERO);
                return decide(arrival);
            });
        }
        if (!secrets.isFresh(named, SECRET_AGE)) {
            secrets.refreshBeside(named, SECRET_AGE, virtualThreads);
        }
        return decide(arrival);
    }

    /// Says no to an event of which nothing is known but for whom it is: for Triggers of this tenant, or for the one of this lane.
    Optional<Taken.TooMany> turnAway(String tenant, Optional<Lane> lane) {
        var tooMuch = intake.turnAway(tenant, lane);
        tooMuch.ifPresent(_ -> recorder.countThrottled(tenant));
        return tooMuch.map(no -> new Taken.TooMany(no.why(), no.retryAfter()));
    }

    private CompletionStage<Taken> decide(Arrival arrival) {
        var decided = decideAll(arrival);
        var refusing = decided.stream().filter(one -> one.decision() instanceof Decision.Refused).map(Decided::trigger)
                .toList();
        var named = secretsOf(refusing);
        if (refusing.isEmpty() || secrets.isFresh(named, SECRET_AGE_FOR_REFUSAL)) {
            return keep(arrival, decided);
        }
        return offThread(() -> {
            secrets.refresh(named, SECRET_AGE_FOR_REFUSAL);
            return keep(arrival, decideAll(arrival));
        });
    }

    private List<Decided> decideAll(Arrival arrival) {
        var decided = new ArrayList<Decided>(arrival.triggers().size());
        for (var trigger : arrival.triggers()) {
            decided.add(new Decided(trigger, trigger.decide(arrival.event(), secrets)));
        }
        return decided;
    }

    private CompletionStage<Taken> keep(Arrival arrival, List<Decided> decided) {
        var event = arrival.event();
        var takers = new ArrayList<Decided>();
        for (var one : decided) {
            if (one.decision() instanceof Decision.Continue) {
                takers.add(one);
            } else {
                recorder.record(event, arrival.door(), one.trigger(), ending(one.decision()));
            }
        }
        if (takers.isEmpty()) {
            return CompletableFuture
                    .completedFuture(new Taken.Unwanted(decided.stream().map(Decided::decision).toList()));
        }
        var tooMuch = intake.take(takers.stream().map(one -> Rules.laneOf(one.trigger())).toList(),
                event.body().bytes().length);
        if (tooMuch.isPresent()) {
            takers.forEach(one -> recorder.record(event, arrival.door(), one.trigger(),
                    new Ending.Throttled(tooMuch.get().why())));
            return CompletableFuture
                    .completedFuture(new Taken.TooMany(tooMuch.get().why(), tooMuch.get().retryAfter()));
        }
        var deliveries = takers.stream().map(one -> delivery(arrival, one)).toList();
        return journal.append(new Accepted(event, deliveries, arrival.remembered()))
                .thenApply(appended -> switch (appended) {
                    case Appended.Durable(var stored) -> {
                        for (int i = 0; i < stored.size(); i++) {
                            var delivery = deliveries.get(i);
                            var id = stored.get(i).id();
                            stored.get(i).duplicateOf().ifPresent(of -> recorder.recordDuplicate(id, delivery, of));
                        }
                        yield new Taken.Kept(stored);
                    }
                    case Appended.Unavailable(var why, var retryAfter) -> new Taken.Unavailable(why, retryAfter);
                });
    }

    private NewDelivery delivery(Arrival arrival, Decided taker) {
        var trigger = taker.trigger();
        var extensions = taker.decision() instanceof Decision.Continue(var added)
                ? added
                : JsonNodeFactory.instance.objectNode();
        var keys = trigger.policy().keys(arrival.event(), extensions);
        keys.complaints().forEach(why -> recorder.complain(arrival.door(), trigger, why));
        return new NewDelivery(arrival.door(), trigger.name(), trigger.uid(), extensions,
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

    private CompletionStage<Taken> offThread(Supplier<CompletionStage<Taken>> work) {
        return CompletableFuture.supplyAsync(work, virtualThreads).thenCompose(taken -> taken);
    }
}
