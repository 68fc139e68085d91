package dev.bellhop.listener.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Answers that stay true for a moment: at most `most` of them, each for `span`. May be used by any thread; an answer that is
/// not known is asked for outside the lock, at worst by two at once.
final class BriefMemory<K, V> {
    private final Map<K, Kept<V>> kept;
    private final long span;
    private final LongSupplier nanos;

    private record Kept<V>(V value, long at) {}

    /// `nanos` is a clock such as [System#nanoTime].
    BriefMemory(int most, Duration span, LongSupplier nanos) {
        this.span = span.toNanos();
        this.nanos = nanos;
        kept = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
                return size() > most;
            }
        };
    }

    /// The answer from before, if it is young enough, else that of `ask`; what `ask` throws is not kept.
    V get(K key, Supplier<V> ask) {
        synchronized (kept) {
            var known = kept.get(key);
            if (known != null && nanos.getAsLong() - known.at < span) {
                return known.value;
            }
        }
        long at = nanos.getAsLong();
        var value = ask.get();
        synchronized (kept) {
            // Not replaced in place: the eldest go first.
            kept.remove(key);
            kept.put(key, new Kept<>(value, at));
        }
        return value;
    }
}
