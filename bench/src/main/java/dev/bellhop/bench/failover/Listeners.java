package dev.bellhop.bench.failover;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.bellhop.bench.stage.ListenerProcess;
import dev.bellhop.bench.stage.Stage;

/// Listeners that share a database, each at a port that it keeps.
final class Listeners implements AutoCloseable {
    private final Stage stage;
    private final String database;
    private final List<Integer> ports = new ArrayList<>();
    private final List<ListenerProcess> all = new ArrayList<>();

    /// Starts `count` of them and waits until they are ready.
    Listeners(Stage stage, String database, int count) throws IOException, InterruptedException {
        this.stage = stage;
        this.database = database;
        for (int i = 0; i < count; i++) {
            ports.add(Stage.freePort());
            all.add(start(i));
        }
        for (var one : all) {
            one.awaitReady();
        }
    }

    private ListenerProcess start(int index) throws IOException {
        return stage.listenerSharing(database, "listener-" + index, ports.get(index));
    }

    /// Where events are sent.
    List<URI> urls() {
        return all.stream().map(one -> one.url(Stage.CREATED)).toList();
    }

    /// Kills one, starts it again and waits until it is ready.
    void restart(int index) throws IOException, InterruptedException {
        all.get(index).kill();
        var next = start(index);
        all.set(index, next);
        next.awaitReady();
    }

    /// How many deliveries are unfinished, of all.
    long unfinished() throws IOException, InterruptedException {
        return all.getFirst().metric("bellhop_deliveries_unfinished", "");
    }

    /// Waits until nobody knows of an unfinished delivery. What another took in, each learns within a second.
    void awaitIdle(Duration patience) throws IOException, InterruptedException {
        for (var one : all) {
            one.awaitIdle(patience);
        }
    }

    @Override
    public void close() {
        all.forEach(ListenerProcess::close);
    }
}
