package dev.bellhop.listener.source.kube;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.SourceContext;
import dev.bellhop.spi.source.SourceEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands events over, each as often as it takes to be kept. Those about one object go one after the other, in order; those of
/// different objects beside each other. Only so many are unanswered at a time: whoever sends more waits.
public final class Courier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final SourceContext context;
    private final Semaphore room;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answered = lock.newCondition();
    private final Map<String, ArrayDeque<Letter>> byObject = new HashMap<>();
    private final ArrayDeque<Letter> sent = new ArrayDeque<>();
    private boolean closed;

    /// An event under way.
    private static final class Letter {
        final String object;
        final String before;
        final SourceEvent event;
        boolean kept;

        Letter(String object, String before, SourceEvent event) {
            this.object = object;
            this.before = before;
            this.event = event;
        }
    }

    /// `room` has a permit for each event that may be unanswered; several couriers may share it.
    public Courier(SourceContext context, Semaphore room) {
        this.context = context;
        this.room = room;
    }

    /// Hands over an event about `object`. Blocks while too many are unanswered. `before` is the position of the reader before
    /// this event.
    public void send(String object, String before, SourceEvent event) throws InterruptedException {
        room.acquire();
        var letter = new Letter(object, before, event);
        lock.lock();
        try {
            if (closed) {
                throw new InterruptedException("the source is being closed");
            }
            sent.add(letter);
            var queue = byObject.computeIfAbsent(object, _ -> new ArrayDeque<>());
            queue.add(letter);
            if (queue.size() == 1) {
                emit(letter);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether an event about `object` is under way.
    public boolean isBusyWith(String object) {
        lock.lock();
        try {
            return byObject.containsKey(object);
        } finally {
            lock.unlock();
        }
    }

    /// What the newest event about `object` that is under way will have remembered under `key`.
    public Optional<byte[]> remembered(String object, String key) {
        lock.lock();
        try {
            var queue = byObject.get(object);
            return queue == null
                    ? Optional.empty()
                    : queue.getLast().event.remember().getOrDefault(key, Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    /// The position up to which everything is kept, for a reader that is at `position` now.
    public String settled(String position) {
        lock.lock();
        try {
            var oldest = sent.peek();
            return oldest == null ? position : oldest.before;
        } finally {
            lock.unlock();
        }
    }

    private void emit(Letter letter) {
        if (closed) {
            return;
        }
        context.emit(letter.event).whenComplete((emitted, failure) -> answer(letter, emitted, failure));
    }

    private void answer(Letter letter, @Nullable Emitted emitted, @Nullable Throwable failure) {
        if (emitted == null) {
            LOG.atError().setCause(failure).addKeyValue("source", context.namespace() + "/" + context.name())
                    .log("Handing over an event failed; trying again");
            again(letter, AFTER_FAILURE);
            return;
        }
        switch (emitted) {
            case Emitted.Kept _ -> kept(letter);
            case Emitted.NotNow(var why, var retryAfter) -> {
                LOG.atDebug().addKeyValue("source", context.namespace() + "/" + context.name()).addKeyValue("why", why)
                        .addKeyValue("in", retryAfter).log("An event is not kept now; trying again");
                again(letter, retryAfter);
            }
        }
    }

    private void again(Letter letter, Duration in) {
        Executor later = CompletableFuture.delayedExecutor(Math.max(in.toMillis(), 1), TimeUnit.MILLISECONDS, THREADS);
        later.execute(() -> {
            lock.lock();
            try {
                emit(letter);
            } finally {
                lock.unlock();
            }
        });
    }

    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private void kept(Letter letter) {
        lock.lock();
        try {
            letter.kept = true;
            while (!sent.isEmpty() && sent.peek().kept) {
                sent.remove();
            }
            byObject.computeIfPresent(letter.object, (_, queue) -> {
                queue.remove();
                return queue.isEmpty() ? null : queue;
            });
            var next = byObject.get(letter.object);
            if (next != null) {
                emit(next.element());
            }
            answered.signalAll();
        } finally {
            lock.unlock();
        }
        room.release();
    }

    /// Hands nothing over any more, and waits for the answers that are due, but not long.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            long left = TimeUnit.SECONDS.toNanos(2);
            while (!sent.isEmpty() && left > 0) {
                left = answered.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
