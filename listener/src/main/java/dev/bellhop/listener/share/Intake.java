package dev.bellhop.listener.share;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.bellhop.engine.policy.Limits;
import dev.bellhop.engine.policy.Limits.Rate;
import dev.bellhop.listener.journal.Backlog;
import dev.bellhop.listener.journal.Backlog.Waiting;
import dev.bellhop.listener.journal.Lane;

/// How much each tenant may hand in: events a second, and events and bytes that wait. An event that several tenants want is
/// refused only when it is too much for every one of them: one that uses up its share cannot keep others from theirs.
public final class Intake {
    /// Of those that are turned away unread, one so often is looked at whole all the same: people see which Triggers it is about,
    /// and whether they would have wanted it.
    private static final long LOOK_EVERY_NANOS = 100_000_000;

    private final Supplier<Rules> rules;
    private final Backlog backlog;
    private final LongSupplier nanoTime;
    private final Map<Object, Bucket> buckets = new ConcurrentHashMap<>();
    private final Map<Object, Drain> drains = new ConcurrentHashMap<>();
    private final Map<String, Long> looks = new ConcurrentHashMap<>();

    /// `rules` are those of the moment.
    public Intake(Supplier<Rules> rules, Backlog backlog, LongSupplier nanoTime) {
        this.rules = rules;
        this.backlog = backlog;
        this.nanoTime = nanoTime;
    }

    /// Why an event is not taken in now, and when it may be: for a rate, when there is room again; for a queue, when there will be
    /// if it goes on as it did.
    public record TooMuch(String why, Duration retryAfter) {}

    /// Says no to an event of which nothing is known but that it is for Triggers of `tenant`, or for the one of `lane`; not to all
    /// of them.
    public Optional<TooMuch> turnAway(String tenant, Optional<Lane> lane) {
        var now = rules.get();
        return objection(now, tenant, 0).or(() -> lane.flatMap(one -> objection(now, one, 0)))
                .filter(_ -> !isToBeLookedAt(tenant));
    }

    private boolean isToBeLookedAt(String tenant) {
        long nanos = nanoTime.getAsLong();
        var last = looks.get(tenant);
        if (last != null && nanos - last < LOOK_EVERY_NANOS) {
            return false;
        }
        return last == null ? looks.putIfAbsent(tenant, nanos) == null : looks.replace(tenant, last, nanos);
    }

    /// Counts an event of `bytes` that the Triggers of `lanes` want; says no when it is too much for each of them.
    public Optional<TooMuch> take(List<Lane> lanes, int bytes) {
        var now = rules.get();
        var refusal = refusal(now, lanes, bytes);
        if (refusal.isEmpty()) {
            long nanos = nanoTime.getAsLong();
            for (var lane : lanes) {
                count(now.limits(lane), lane, backlog.ofLane(lane), 1, nanos);
            }
            byTenant(lanes).forEach(
                    (tenant, many) -> count(now.limits(tenant), tenant, backlog.ofTenant(tenant), many, nanos));
        }
        return refusal;
    }

    /// The objection that is over first, when everyone objects.
    private Optional<TooMuch> refusal(Rules now, List<Lane> lanes, int bytes) {
        var first = Optional.<TooMuch>empty();
        for (var lane : lanes) {
            var objection = objection(now, lane, bytes);
            if (objection.isEmpty()) {
                return objection;
            }
            first = first.filter(one -> one.retryAfter().compareTo(objection.get().retryAfter()) <= 0)
                    .or(() -> objection);
        }
        return first;
    }

    private static Map<String, Long> byTenant(List<Lane> lanes) {
        return lanes.size() == 1
                ? Map.of(lanes.getFirst().tenant(), 1L)
                : lanes.stream().collect(Collectors.groupingBy(Lane::tenant, Collectors.counting()));
    }

    private Optional<TooMuch> objection(Rules now, Lane lane, int bytes) {
        var ofTenant = objection(now, lane.tenant(), bytes);
        return ofTenant.isPresent() ? ofTenant : objection(now.limits(lane), lane, backlog.ofLane(lane), bytes);
    }

    private Optional<TooMuch> objection(Rules now, String tenant, int bytes) {
        return objection(now.limits(tenant), tenant, backlog.ofTenant(tenant), bytes);
    }

    private Optional<TooMuch> objection(Limits limits, Object key, Waiting waiting, int bytes) {
        if (limits.queuedEvents().isPresent() && waiting.deliveries() >= limits.queuedEvents().get()) {
            long most = limits.queuedEvents().get();
            return Optional.of(new TooMuch(whose(key) + " has " + waiting.deliveries()
                    + " deliveries waiting, as many as it may (queuedEvents)",
                    untilLess(key, waiting, waiting.deliveries() - most + 1)));
        }
        if (limits.queuedBytes().isPresent() && waiting.bytes() + bytes > limits.queuedBytes().get()) {
            long most = limits.queuedBytes().get();
            long each = Math.max(1, waiting.bytes() / Math.max(1, waiting.deliveries()));
            return Optional.of(new TooMuch(whose(key) + " has " + waiting.bytes() + " bytes of events waiting, and "
                    + most + " is the most it may have (queuedBytes)",
                    untilLess(key, waiting, Math.ceilDiv(waiting.bytes() + bytes - most, each))));
        }
        return limits.rate().flatMap(rate -> {
            var wait = bucket(key, rate).untilNext(nanoTime.getAsLong());
            return wait.isZero()
                    ? Optional.empty()
                    : Optional.of(new TooMuch(whose(key) + " sends more than " + rate.eventsPerSecond()
                            + " events a second (eventsPerSecond)", wait));
        });
    }

    private static String whose(Object key) {
        return key instanceof Lane lane ? "Trigger " + lane.trigger() : "namespace '" + key + "'";
    }

    /// When so many fewer will wait.
    private Duration untilLess(Object key, Waiting waiting, long fewer) {
        long nanos = nanoTime.getAsLong();
        return drain(key, waiting, nanos).until(fewer, waiting.deliveries(), nanos);
    }

    private Drain drain(Object key, Waiting waiting, long nanos) {
        return drains.computeIfAbsent(key, _ -> new Drain(waiting.deliveries(), nanos));
    }

    /// One event came, and with it so many deliveries.
    private void count(Limits limits, Object key, Waiting waiting, long deliveries, long nanos) {
        limits.rate().ifPresent(rate -> bucket(key, rate).take(nanos));
        if (limits.queuedEvents().isPresent() || limits.queuedBytes().isPresent()) {
            drain(key, waiting, nanos).came(deliveries, waiting.deliveries(), nanos);
        }
    }

    private Bucket bucket(Object key, Rate rate) {
        return buckets.compute(key, (_, bucket) -> bucket != null && bucket.isFor(rate)
                ? bucket
                : new Bucket(rate, nanoTime.getAsLong()));
    }

    /// Forgets Triggers that are gone.
    public void retain(Rules now) {
        buckets.keySet().removeIf(key -> key instanceof Lane lane && !now.knows(lane));
        drains.keySet().removeIf(key -> key instanceof Lane lane && !now.knows(lane));
    }
}
