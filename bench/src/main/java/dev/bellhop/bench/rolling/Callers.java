package dev.bellhop.bench.rolling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.bellhop.bench.send.Ledger;
import dev.bellhop.bench.stage.Push;
import org.jspecify.annotations.Nullable;

/// Senders who post through a Service, each push once. A Service chooses for each connection, not for each request. So every
/// other sender connects anew for each push, as webhooks do, and the rest keep a connection for as long as they may, as proxies do.
final class Callers {
    private final Endpoints endpoints;
    private final Duration pause;
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, Ledger.Refusal> refused = new ConcurrentHashMap<>();
    private final Map<String, String> unreached = new ConcurrentHashMap<>();
    private final Map<String, String> brokenOff = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /// Starts `count` of them; each pauses so long between its pushes. The recording is in the checkout at `root`.
    Callers(Path root, Endpoints endpoints, int count, Duration pause) {
        this.endpoints = endpoints;
        this.pause = pause;
        for (int i = 0; i < count; i++) {
            var caller = new Caller(new Push.Maker(root), "%03d".formatted(i), i % 2 == 0);
            threads.add(Thread.ofVirtual().start(caller));
        }
    }

    /// What they saw.
    ///
    /// @param unreached connections that came not about, and why
    /// @param brokenOff connections that broke before the answer, and why
    record Seen(Ledger ledger, Map<String, String> unreached, Map<String, String> brokenOff) {}

    /// What they saw so far.
    Seen soFar() {
        // Answers first: what is answered meanwhile is among those sent.
        var acknowledgedSoFar = Set.copyOf(acknowledged);
        var refusedSoFar = Map.copyOf(refused);
        return new Seen(new Ledger(Set.copyOf(sent), acknowledgedSoFar, refusedSoFar), Map.copyOf(unreached),
                Map.copyOf(brokenOff));
    }

    /// Lets them end.
    Seen stop() throws InterruptedException {
        stopped = true;
        for (var thread : threads) {
            thread.join();
        }
        return soFar();
    }

    /// One of them.
    private final class Caller implements Runnable {
        private final Push.Maker maker;
        private final String name;
        private final boolean keeps;
        private @Nullable Wire wire;

        Caller(Push.Maker maker, String name, boolean keeps) {
            this.maker = maker;
            this.name = name;
            this.keeps = keeps;
        }

        @Override
        public void run() {
            try {
                for (int i = 0; !stopped; i++) {
                    send(maker.of("%s-%08d".formatted(name, i)));
                    Thread.sleep(pause);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                hangUp();
            }
        }

        private void send(Push push) {
            sent.add(push.id());
            connected(push).ifPresent(connection -> post(push, connection));
        }

        /// The connection for this push; empty when there is none to be had.
        private Optional<Wire> connected(Push push) {
            try {
                if (wire != null && wire.isStale()) {
                    hangUp();
                }
                if (wire == null) {
                    wire = Wire.to(endpoints.pick().orElseThrow(() -> new IOException("nobody is ready")));
                }
            } catch (IOException e) {
                unreached.put(push.id(), e.toString());
            }
            return Optional.ofNullable(wire);
        }

        private void post(Push push, Wire connection) {
            try {
                var reply = connection.post(push, keeps);
                if (reply.status() == 202) {
                    acknowledged.add(push.id());
                } else {
                    refused.put(push.id(), new Ledger.Refusal(reply.status(), reply.saysWhen()));
                }
                if (!keeps || reply.closes()) {
                    hangUp();
                }
            } catch (IOException e) {
                brokenOff.put(push.id(), e.toString());
                hangUp();
            }
        }

        private void hangUp() {
            if (wire != null) {
                wire.close();
                wire = null;
            }
        }
    }
}
