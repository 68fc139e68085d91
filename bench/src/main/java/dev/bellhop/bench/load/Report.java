package dev.bellhop.bench.load;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Prints what was measured: medians of the rounds, most memory of all of them, and the bars that the project sets itself.
final class Report {
    private static final long MEGABYTE = 1_000_000;
    private static final double FILTERED_BAR = 0.55;
    private static final double CREATED_BAR = 0.60;
    private static final long IDLE_BAR = 200 * MEGABYTE;
    private static final Duration READY_BAR = Duration.ofSeconds(2);

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /// All rounds of each thing.
    record Rounds(List<Measured> bare, List<Measured> filtered, List<Measured> accepted, List<Measured> created,
            List<Measured> raw) {}

    void tell(Rounds rounds) {
        out.printf(Locale.ROOT, "%n%-44s %10s %8s %8s %12s %8s %8s%n", "", "events/s", "p50 ms", "p99 ms", "CPU s/1000",
                "max RSS",
                "others");
        row("(a) bare server: reads the body, 202", rounds.bare);
        row("(b) signature and CEL filter, which says no", rounds.filtered);
        row("(c) accepted: on disk, 202", rounds.accepted);
        row("    created, until the last one exists", rounds.created);
        row("    raw creates", rounds.raw);
        out.printf(Locale.ROOT,
                "%nCPU is that of the server (of the client for raw creates); others is the share of the machine's CPU that other programs took.%n%n");
    }

    private void row(String name, List<Measured> rounds) {
        boolean answers = rounds.getFirst().latency().isPresent();
        out.printf(Locale.ROOT, "%-44s %10.0f %8s %8s %12.4f %5d MB %7.0f%%%n", name,
                Measured.median(rounds, Measured::perSecond),
                answers
                        ? millis(Measured.median(rounds, one -> Measured.seconds(one.latency().orElseThrow().p50())))
                        : "",
                answers
                        ? millis(Measured.median(rounds, one -> Measured.seconds(one.latency().orElseThrow().p99())))
                        : "",
                Measured.median(rounds, Measured::cpuSecondsPerThousand),
                rounds.stream().mapToLong(Measured::memory).max().orElseThrow() / MEGABYTE,
                100 * Measured.median(rounds, Measured::others));
    }

    void bars(Rounds rounds, long idle, Duration ready) {
        double filtered = Measured.median(rounds.filtered, Measured::perSecond)
                / Measured.median(rounds.bare, Measured::perSecond);
        double cpu = Measured.median(rounds.bare, Measured::cpuSecondsPerThousand)
                / Measured.median(rounds.filtered, Measured::cpuSecondsPerThousand);
        double created = Measured.median(rounds.created, Measured::perSecond)
                / Measured.median(rounds.raw, Measured::perSecond);
        bar("(b) / (a), events/s", "%.0f %%".formatted(100 * filtered),
                "at least %.0f %%".formatted(100 * FILTERED_BAR), filtered >= FILTERED_BAR);
        bar("(a) / (b), CPU for an event", "%.0f %%".formatted(100 * cpu), "the same, less disturbed",
                cpu >= FILTERED_BAR);
        bar("created / raw creates", "%.0f %%".formatted(100 * created),
                "at least %.0f %%".formatted(100 * CREATED_BAR), created >= CREATED_BAR);
        bar("RSS when idle", idle / MEGABYTE + " MB", "at most " + IDLE_BAR / MEGABYTE + " MB", idle <= IDLE_BAR);
        bar("start to ready", millis(Measured.seconds(ready)) + " ms", "at most " + READY_BAR.toMillis() + " ms",
                ready.compareTo(READY_BAR) <= 0);
    }

    private void bar(String what, String value, String wanted, boolean met) {
        out.printf(Locale.ROOT, "%-30s %10s   bar: %-26s %s%n", what, value, wanted, met ? "met" : "MISSED");
    }

    private static String millis(double seconds) {
        return String.format(Locale.ROOT, "%.1f", 1000 * seconds);
    }
}
