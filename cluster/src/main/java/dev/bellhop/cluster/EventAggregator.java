package dev.bellhop.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Decides which occurrences become Events of their own and which are counted in one that exists, and bounds both, so that
/// a busy Trigger neither floods the API server nor hides the Events of others. Does no I/O; its lock is held for moments.
final class EventAggregator {
    /// An occurrence this long after the last of its series starts a new one.
    private static final Duration WINDOW = Duration.ofMinutes(10);
    /// How often at most the count of a series is brought up to date.
    private static final Duration PATCH_EVERY = Duration.ofSeconds(5);
    private static final int BURST = 25;
    private static final double PER_SECOND = 1.0 / 20;
    /// Counting on must not use up what a new kind of trouble needs to be seen.
    private static final int KEPT_FOR_NEW = 10;

    private final Map<Key, Series> series;
    private final Map<Regarding, TokenBucket> buckets;
    private long dropped;

    private record Key(Regarding regarding, String reason, String noteKey) {}

    /// One Event: created for the first occurrence, then patched with the count.
    static final class Series {
        final Regarding regarding;
        final Occurrence occurrence;
        final Instant firstAt;
        final String eventName;
        private Instant lastAt;
        private Instant toldAt;
        private int count = 1;
        private int told = 1;
        private boolean created;

        private Series(Regarding regarding, Occurrence occurrence, Instant now) {
            this.regarding = regarding;
            this.occurrence = occurrence;
            this.firstAt = now;
            this.lastAt = now;
            this.toldAt = now;
            // An object's name may be 253 long, and so may an Event's.
            var name = regarding.name().name();
            this.eventName = name.substring(0, Math.min(name.length(), 253 - 17)) + "."
                    + "%016x".formatted(ThreadLocalRandom.current().nextLong());
        }

        private Key key() {
            return new Key(regarding, occurrence.reason(), occurrence.noteKey());
        }
    }

    /// A count to be written into the Event of a series.
    record Recount(Series series, int count, Instant lastAt) {}

    EventAggregator(int maxSeries) {
        series = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Series> eldest) {
                if (size() <= maxSeries) {
                    return false;
                }
                dropped += eldest.getValue().count - eldest.getValue().told;
                return true;
            }
        };
        buckets = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Regarding, TokenBucket> eldest) {
                return size() > maxSeries;
            }
        };
    }

    /// Takes an occurrence in; the result is a new series, whose Event is to be created.
    synchronized Optional<Series> add(Regarding regarding, Occurrence occurrence, Instant now) {
        var known = series.get(new Key(regarding, occurrence.reason(), occurrence.noteKey()));
        if (known != null && known.lastAt.plus(WINDOW).isAfter(now)) {
            known.count++;
            known.lastAt = now;
            return Optional.empty();
        }
        if (!bucket(regarding).tryTake(now)) {
            dropped++;
            return Optional.empty();
        }
        var fresh = new Series(regarding, occurrence, now);
        series.put(fresh.key(), fresh);
        return Optional.of(fresh);
    }

    /// The Event of the series exists now, so its count may be patched.
    synchronized void created(Series one) {
        one.created = true;
    }

    /// The Event of the series could not be written; the next occurrence starts a new series.
    synchronized void forget(Series one) {
        dropped += one.created ? one.count - one.told : one.count;
        series.remove(one.key(), one);
    }

    /// The counts that are to be written now; they are taken as told. Forgets series that have ended.
    synchronized List<Recount> due(Instant now) {
        return due(now, false);
    }

    /// All counts that have not been told, whatever their age and rate: there will be no other time.
    synchronized List<Recount> last(Instant now) {
        return due(now, true);
    }

    private List<Recount> due(Instant now, boolean last) {
        var due = new ArrayList<Recount>();
        var all = series.values().iterator();
        while (all.hasNext()) {
            var one = all.next();
            boolean behind = one.created && one.count > one.told;
            boolean old = !one.toldAt.plus(PATCH_EVERY).isAfter(now);
            if (behind && (last || (old && bucket(one.regarding).tryTake(now, KEPT_FOR_NEW)))) {
                one.told = one.count;
                one.toldAt = now;
                due.add(new Recount(one, one.count, one.lastAt));
            } else if (!behind && one.created && !one.lastAt.plus(WINDOW).isAfter(now)) {
                all.remove();
            }
        }
        return due;
    }

    /// How many occurrences have not been, and will not be, told.
    synchronized long dropped() {
        return dropped;
    }

    private TokenBucket bucket(Regarding regarding) {
        return buckets.computeIfAbsent(regarding, _ -> new TokenBucket(PER_SECOND, BURST));
    }
}
