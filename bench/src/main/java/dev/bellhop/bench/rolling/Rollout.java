package dev.bellhop.bench.rolling;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

import dev.bellhop.bench.stage.ListenerProcess;
import dev.bellhop.bench.stage.Stage;

/// The listeners of a Deployment, the oldest first. With `maxSurge: 1` and `maxUnavailable: 0` a new one is ready before an old one
/// goes.
final class Rollout implements AutoCloseable {
    /// `terminationGracePeriodSeconds` of `config/postgres`.
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Pattern HANDED_BACK = Pattern.compile("Journal lease was given back.*deliveries=\"?(\\d+)");

    private final Stage stage;
    private final String database;
    private final Duration stopDelay;
    private final Endpoints endpoints;
    private final Deque<ListenerProcess> running = new ArrayDeque<>();
    private int begun;

    /// Nobody runs yet.
    Rollout(Stage stage, String database, Duration stopDelay, Endpoints endpoints) {
        this.stage = stage;
        this.database = database;
        this.stopDelay = stopDelay;
        this.endpoints = endpoints;
    }

    /// How a listener ended.
    ///
    /// @param untilReady how long the one took that took its place
    /// @param drain      from SIGTERM to the end of the process
    /// @param handedBack deliveries that it held when it ended
    record Ended(Duration untilReady, int exit, Duration drain, int handedBack) {}

    /// Starts one and waits until events are sent to it; how long it took to be ready.
    Duration begin() throws IOException, InterruptedException {
        var listener = stage.listenerSharing(database, "listener-" + begun++, Stage.freePort(), "--stop-delay",
                stopDelay.toString());
        running.add(listener);
        return endpoints.join(listener);
    }

    /// Replaces the one that runs longest.
    ///
    /// @throws IOException when it does not end in time
    Ended replaceOldest() throws IOException, InterruptedException {
        var untilReady = begin();
        try (var old = running.removeFirst()) {
            // Those who send hear of it while it hears of it itself, and not before.
            endpoints.leave(old);
            long toldAt = System.nanoTime();
            int exit = old.terminate(GRACE);
            return new Ended(untilReady, exit, Duration.ofNanos(System.nanoTime() - toldAt), handedBack(old));
        }
    }

    private static int handedBack(ListenerProcess ended) throws IOException {
        var found = HANDED_BACK.matcher(ended.log());
        if (!found.find()) {
            throw new IOException("the listener ended without giving its lease back; its output:\n" + ended.log());
        }
        return Integer.parseInt(found.group(1));
    }

    /// Waits until nobody knows of an unfinished delivery.
    void awaitIdle(Duration patience) throws IOException, InterruptedException {
        for (var one : running) {
            one.awaitIdle(patience);
        }
    }

    @Override
    public void close() {
        running.forEach(ListenerProcess::close);
    }
}
