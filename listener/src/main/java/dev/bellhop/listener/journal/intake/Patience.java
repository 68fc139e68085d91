package dev.bellhop.listener.journal.intake;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.bellhop.listener.journal.Appended;

/// Answers appends for which the store takes too long. All may wait equally long, so the first that came is the first whose
/// time is over: one thread that looks now and then suffices, where a timer for each would wake a thread for each.
public final class Patience implements AutoCloseable {
    /// How much later than promised an answer may be.
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    private final Duration length;
    private final Appended.Unavailable answer;
    private final LinkedBlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;

    private record Waiting(CompletableFuture<Appended> append, long until) {}

    /// Gives `answer` to what was not answered after `length`.
    public Patience(Duration length, Appended.Unavailable answer) {
        this.length = length;
        this.answer = answer;
        thread = Thread.ofPlatform().daemon().name("journal-patience").unstarted(this::run);
    }

    /// Begins to look.
    public void start() {
        thread.start();
    }

    /// Watches one from now on.
    public void watch(CompletableFuture<Appended> append) {
        waiting.add(new Waiting(append, System.nanoTime() + length.toNanos()));
    }

    private void run() {
        try {
            while (true) {
                await(waiting.take());
            }
        } catch (InterruptedException e) {
            // Closed: whoever closes it answers what is left.
            Thread.currentThread().interrupt();
        }
    }

    private void await(Waiting first) throws InterruptedException {
        while (!first.append().isDone() && System.nanoTime() - first.until() < 0) {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        }
        first.append().complete(answer);
    }

    /// Watches no more.
    @Override
    public void close() {
        thread.interrupt();
    }
}
