package dev.bellhop.bench.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.bellhop.bench.stage.ListenerProcess;

/// Keeps a listener running as a kubelet does: whenever it has ended, it is started again a second later.
final class Kubelet implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Start start;
    private final Thread thread;
    private volatile ListenerProcess listener;
    private final AtomicInteger restarts = new AtomicInteger();
    private volatile boolean closed;

    /// Starts a listener.
    interface Start {
        ListenerProcess listener() throws IOException;
    }

    Kubelet(Start start) throws IOException {
        this.start = start;
        listener = start.listener();
        thread = Thread.ofPlatform().name("kubelet").start(this::run);
    }

    private void run() {
        try {
            while (!closed) {
                Thread.sleep(PAUSE);
                if (!listener.isAlive() && !closed) {
                    listener = start.listener();
                    restarts.incrementAndGet();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("starting the listener", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The one that runs, or ran last.
    ListenerProcess listener() {
        return listener;
    }

    /// How often it was started again since this was last asked.
    int restarts() {
        return restarts.getAndSet(0);
    }

    void awaitReady(Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!listener.isReady()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the listener did not get ready in " + patience.toSeconds() + " s");
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
            listener.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
