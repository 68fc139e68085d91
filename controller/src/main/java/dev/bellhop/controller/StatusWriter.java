package dev.bellhop.controller;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.bellhop.api.ObjectName;
import dev.bellhop.cluster.TokenBucket;
import dev.bellhop.controller.StatusSlot.Seen;
import dev.bellhop.controller.StatusSlot.Wish;
import dev.bellhop.controller.StatusSlot.Write;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the statuses in the cluster to what is wanted: only where they differ, at a bounded rate, one write at a time for
/// each object, the newest wish first. What fails is tried again, later and later, until it succeeds or the object is gone.
final class StatusWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
    private static final int WORKERS = 8;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    private final ConcurrentHashMap<Target, StatusSlot<?>> slots = new ConcurrentHashMap<>();
    private final BlockingQueue<StatusSlot<?>> queue = new LinkedBlockingQueue<>();
    private final StatusClient client;
    private final TokenBucket rate;
    private final BooleanSupplier mayWrite;
    private final Consumer<Written> onWrite;
    private final ControllerMetrics metrics;
    private final Clock clock;
    private final List<Thread> workers;
    private volatile boolean closed;

    /// One object of one kind.
    record Target(StatusType<?> type, ObjectName name) {}

    /// A status was written: the `Ready` condition before, if there was one, and after.
    record Written(Target target, String uid, @Nullable Condition before, Condition after) {}

    /// Writes through `client` while `mayWrite`, and tells `onWrite`, which must not block, of each write.
    StatusWriter(StatusClient client, TokenBucket rate, BooleanSupplier mayWrite, Consumer<Written> onWrite,
            ControllerMetrics metrics, Clock clock) {
        this.client = client;
        this.rate = rate;
        this.mayWrite = mayWrite;
        this.onWrite = onWrite;
        this.metrics = metrics;
        this.clock = clock;
        workers = IntStream.range(0, WORKERS)
                .mapToObj(i -> Thread.ofVirtual().name("status writer " + i).unstarted(this::work)).toList();
    }

    void start() {
        workers.forEach(Thread::start);
    }

    /// Wants an object to have a status. `seen` is its status as last read from the cluster.
    <S> void want(StatusType<S> type, ObjectName name, Wish<S> wish, Seen<S> seen) {
        if (!mayWrite.getAsBoolean()) {
            return;
        }
        @SuppressWarnings("unchecked") // the type is part of the key
        var slot = (StatusSlot<S>) slots.computeIfAbsent(new Target(type, name), _ -> new StatusSlot<>(type, name));
        if (slot.want(wish, seen)) {
            queue.add(slot);
        }
    }

    /// Forgets all objects but those.
    void retain(Set<Target> existing) {
        slots.entrySet().removeIf(entry -> {
            if (existing.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().giveUp();
            return true;
        });
    }

    /// Ends when the writes that are under way have ended, at most 2 s later.
    @Override
    public void close() {
        closed = true;
        try {
            for (var worker : workers) {
                if (worker.isAlive() && !worker.join(CLOSE_WAIT)) {
                    worker.interrupt();
                }
            }
        } catch (InterruptedException e) {
            workers.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            while (!closed) {
                var slot = queue.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (slot != null && !slot.rests()) {
                    Thread.sleep(rate.take(clock.instant()));
                    write(slot);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <S> void write(StatusSlot<S> slot) {
        if (closed || !mayWrite.getAsBoolean()) {
            slot.giveUp();
        }
        var next = slot.next();
        if (next.isEmpty()) {
            return;
        }
        var write = next.get();
        var status = slot.type().complete(write.wish().status(), write.before(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        try {
            var version = client.apply(slot.type(), slot.name(), write.wish().uid(), status);
            slot.written(new Write<>(new Wish<>(write.wish().uid(), status), write.before()), version);
            metrics.written(slot.type().kindName());
            queue.add(slot);
            tell(slot, write, status);
        } catch (KubernetesClientException e) {
            retry(slot, write, e);
        }
    }

    private <S> void tell(StatusSlot<S> slot, Write<S> write, S status) {
        var after = slot.type().ready(status);
        if (after != null) {
            onWrite.accept(new Written(new Target(slot.type(), slot.name()), write.wish().uid(),
                    slot.type().ready(write.before()), after));
        }
    }

    private <S> void retry(StatusSlot<S> slot, Write<S> write, KubernetesClientException e) {
        metrics.writeFailed(slot.type().kindName());
        if (e.getCode() == 404) {
            // Deleted: the mirror will tell, or has told already that there is another one of this name.
            queue.add(slot);
            return;
        }
        var wait = slot.failed(write);
        LOG.atWarn().addKeyValue("object", slot.type().kindName() + " " + slot.name())
                .addKeyValue("error", e.toString()).addKeyValue("waitMs", wait.toMillis())
                .log("Writing a status failed; trying again");
        Thread.ofVirtual().name("status retry").start(() -> {
            try {
                Thread.sleep(wait);
                queue.add(slot);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
