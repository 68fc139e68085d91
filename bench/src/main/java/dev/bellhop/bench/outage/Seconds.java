package dev.bellhop.bench.outage;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

import dev.bellhop.bench.send.Stream;
import dev.bellhop.bench.stage.ListenerProcess;
import org.jspecify.annotations.Nullable;

/// What happened in each second, written down by a thread of its own.
final class Seconds implements AutoCloseable {
    private final ListenerProcess listener;
    private final Stream stream;
    private final AtomicLong knocks;
    private final List<Second> all = new ArrayList<>();
    private final Thread thread;
    private volatile boolean away;
    private volatile boolean closed;
    private volatile @Nullable Exception failure;

    /// One second.
    ///
    /// @param at       seconds since the beginning
    /// @param away     whether the API server was, at its end
    /// @param knocks   connections that were tried
    /// @param failed   attempts of deliveries that ended with a retry
    record Second(double at, boolean away, long acknowledged, long knocks, long failed, long created,
            long unfinished) {}

    Seconds(ListenerProcess listener, Stream stream, AtomicLong knocks) {
        this.listener = listener;
        this.stream = stream;
        this.knocks = knocks;
        thread = Thread.ofPlatform().name("seconds").start(this::run);
    }

    /// From now on the API server is away, or there again.
    void away(boolean isAway) {
        away = isAway;
    }

    private void run() {
        try {
            long begin = System.nanoTime();
            var before = new Second(0, false, 0, 0, 0, 0, 0);
            for (int i = 1; !closed; i++) {
                Thread.sleep(Math.max(0, (begin + i * 1_000_000_000L - System.nanoTime()) / 1_000_000));
                var sum = new Second((System.nanoTime() - begin) / 1e9, away, stream.acknowledged(), knocks.get(),
                        listener.metric("bellhop_outcomes_total", "outcome=\"Retrying\""),
                        listener.metric("bellhop_outcomes_total", "outcome=\"Created\""),
                        listener.metric("bellhop_deliveries_unfinished", ""));
                all.add(new Second(sum.at, away, sum.acknowledged - before.acknowledged, sum.knocks - before.knocks,
                        sum.failed - before.failed, sum.created - before.created, sum.unfinished));
                before = sum;
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The seconds in which the API server was away.
    List<Second> whileAway() {
        return all.stream().filter(Second::away).toList();
    }

    /// The seconds after it was.
    List<Second> afterwards() {
        return all.stream().dropWhile(second -> !second.away()).dropWhile(Second::away).toList();
    }

    /// Prints a line for every `step` seconds.
    void tell(PrintStream out, int step) {
        out.printf(Locale.ROOT, "%n%-9s %-10s %14s %16s %16s %10s %12s%n", "until s", "API server", "acknowledged/s",
                "connections/s", "failed tries/s", "created/s", "unfinished");
        for (int i = 0; i < all.size(); i += step) {
            var some = all.subList(i, Math.min(all.size(), i + step));
            out.printf(Locale.ROOT, "%-9.0f %-10s %14.0f %9.1f (%4d) %9.1f (%4d) %10.0f %12d%n", some.getLast().at,
                    some.getLast().away ? "away" : "there",
                    some.stream().mapToLong(Second::acknowledged).average().orElse(0),
                    some.stream().mapToLong(Second::knocks).average().orElse(0),
                    some.stream().mapToLong(Second::knocks).max().orElse(0),
                    some.stream().mapToLong(Second::failed).average().orElse(0),
                    some.stream().mapToLong(Second::failed).max().orElse(0),
                    some.stream().mapToLong(Second::created).average().orElse(0), some.getLast().unfinished);
        }
        out.println("Means of the seconds; in brackets the most in one second.");
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var wrong = failure;
        if (wrong != null) {
            throw new IOException("reading the listener's metrics failed", wrong);
        }
    }
}
