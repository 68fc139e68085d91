package dev.bellhop.bench.rolling;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

import dev.bellhop.bench.stage.ListenerProcess;
import dev.bellhop.bench.stage.Stage;

/// The listeners that a Service leads new connections to. They are looked at once a second: whoever gets ready comes in, and
/// whoever is told to end goes out, up to a second later, as behind a kubelet's probes and a proxy that hears of them.
final class Endpoints implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final List<ListenerProcess> members = new CopyOnWriteArrayList<>();
    private final Set<ListenerProcess> terminating = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile List<ListenerProcess> current = List.of();

    Endpoints() {
        thread = Thread.ofPlatform().daemon().name("endpoints").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                look();
                Thread.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        var ready = new ArrayList<ListenerProcess>();
        for (var member : members) {
            if (!terminating.contains(member) && member.isReady()) {
                ready.add(member);
            }
        }
        current = List.copyOf(ready);
    }

    /// Takes a listener in as soon as it is ready, and waits for that; how long it took to be ready.
    Duration join(ListenerProcess listener) throws IOException, InterruptedException {
        var took = listener.awaitReady();
        members.add(listener);
        while (!current.contains(listener)) {
            Thread.sleep(10);
        }
        return took;
    }

    /// A listener is about to be told to end: it goes out with the next look.
    void leave(ListenerProcess listener) {
        terminating.add(listener);
    }

    /// Where the next connection leads to; empty when nobody is ready.
    Optional<URI> pick() {
        var all = current;
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.get(ThreadLocalRandom.current().nextInt(all.size())).url(Stage.CREATED));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
