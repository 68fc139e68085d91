package dev.bellhop.listener.share;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.bellhop.engine.policy.Limits;
import dev.bellhop.engine.policy.Limits.Rate;
import dev.bellhop.listener.journal.Backlog;
import dev.bellhop.listener.journal.Backlog.Waiting;
import dev.bellhop.listener.journal.Lane;

/// How much each tenant may hand in: events a second, and events and bytes that wait. An event that several tenants want is
/// refused only when it is too much for every one of them: one that uses up its share cannot keep others from theirs.
public final class Intake {
    /// How long work that waits takes to become less, nobody knows; by then some of it is done.
    private static final Duration QUEUE_WAIT = Duration.ofSeconds(10);

    private final Supplier<Rules> rules;
    private final Backlog backlog;
    private final LongSupplier nanoTime;
    private final Map<Object, Bucket> buckets = new ConcurrentHashMap<>();

    /// `rules` are those of the moment.
    public Intake(Supplier<Rules> rules, Backlog backlog, LongSupplier nanoTime) {
        this.rules = rules;
        this.backlog = backlog;
        this.nanoTime = nanoTime;
    }

    /// Why an event is not taken in now, and when it may be: honest for a rate, a guess for a queue.
    public record TooMuch(String why, Duration retryAfter) {}

    /// Counts an event of `bytes` that the Triggers of `lanes` want; says no when it is too much for each of them.
    public Optional<TooMuch> take(List<Lane> lanes, int bytes) {
        var now = rules.get();
        var objections = lanes.stream().map(lane -> objection(now, lane, bytes)).toList();
        if (!lanes.isEmpty() && objections.stream().allMatch(Optional::isPresent)) {
            return objections.stream().map(Optional::get).min(Comparator.comparing(TooMuch::retryAfter));
        }
        long nanos = nanoTime.getAsLong();
        for (var lane : lanes) {
            count(now.limits(lane), lane, nanos);
        }
        lanes.stream().map(Lane::tenant).distinct().forEach(tenant -> count(now.limits(tenant), tenant, nanos));
        return Optional.empty();
    }

    private Optional<TooMuch> objection(Rules now, Lane lane, int bytes) {
        var tenant = lane.tenant();
        return objection("namespace '" + tenant + "'", now.limits(tenant), tenant, backlog.ofTenant(tenant), bytes)
                .or(() -> objection("Trigger " + lane.trigger(), now.limits(lane), lane, backlog.ofLane(lane), bytes));
    }

    private Optional<TooMuch> objection(String whose, Limits limits, Object key, Waiting waiting, int bytes) {
        if (limits.queuedEvents().isPresent() && waiting.deliveries() >= limits.queuedEvents().get()) {
            return Optional.of(new TooMuch(whose + " has " + waiting.deliveries()
                    + " deliveries waiting, as many as it may (queuedEvents)", QUEUE_WAIT));
        }
        if (limits.queuedBytes().isPresent() && waiting.bytes() + bytes > limits.queuedBytes().get()) {
            return Optional.of(new TooMuch(whose + " has " + waiting.bytes() + " bytes of events waiting, and "
                    + limits.queuedBytes().get() + " is the most it may have (queuedBytes)", QUEUE_WAIT));
        }
        return limits.rate().flatMap(rate -> {
            var wait = bucket(key, rate).untilNext(nanoTime.getAsLong());
            return wait.isZero()
                    ? Optional.empty()
                    : Optional.of(new TooMuch(whose + " sends more than " + rate.eventsPerSecond()
                            + " events a second (eventsPerSecond)", wait));
        });
    }

    private void count(Limits limits, Object key, long nanos) {
        limits.rate().ifPresent(rate -> bucket(key, rate).take(nanos));
    }

    private Bucket bucket(Object key, Rate rate) {
        return buckets.compute(key, (_, bucket) -> bucket != null && bucket.isFor(rate)
                ? bucket
                : new Bucket(rate, nanoTime.getAsLong()));
    }

    /// Forgets Triggers that are gone.
    public void retain(Rules now) {
        buckets.keySet().removeIf(key -> key instanceof Lane lane && !now.knows(lane));
    }
}
