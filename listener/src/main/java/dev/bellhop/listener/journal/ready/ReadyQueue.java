package dev.bellhop.listener.journal.ready;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.Lane;

/// Which deliveries are due. It holds at most so many of a lane and, but for a few of each, [#IN_ALL]; of what else is
/// stored it knows only the earliest due time, and the engine refills it from there.
///
/// A delivery is *held* from when it enters the queue until what became of it is stored: a held one never enters again,
/// which is why none runs twice at once. Only the engine's writing thread adds, withdraws, and releases what was tried, so
/// that store and queue stay in step.
public final class ReadyQueue {
    private static final int MOST_PER_LANE = 1_024;
    private static final int AT_LEAST_PER_LANE = 32;
    private static final int IN_ALL = 65_536;

    private final long handOverBytes;
    private final int perLane;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Lane, LaneQueue> lanes = new HashMap<>();
    private final Map<String, Turns.Tenant> tenants = new HashMap<>();
    private final Map<DeliveryId, Held> held = new HashMap<>();
    private final Turns turns = new Turns();
    private int queued;
    private long bytes;
    private long look;
    private boolean closed;

    /// `handOverBytes` is how much of deliveries is kept in memory so that they need not be read back.
    public ReadyQueue(long handOverBytes) {
        this(handOverBytes, MOST_PER_LANE);
    }

    /// One that holds at most `perLane` of a lane: where several queues share what is stored, few.
    public ReadyQueue(long handOverBytes, int perLane) {
        this.handOverBytes = handOverBytes;
        this.perLane = perLane;
    }

    /// A new delivery is stored and due.
    public void add(Ready ready, long due) {
        lock.lock();
        try {
            var lane = lane(ready.lane());
            // What is stored and was due before it goes first.
            if (lane.nextStored > due && hasRoom(lane)) {
                enqueue(lane, ready);
            } else {
                lane.nextStored = Math.min(lane.nextStored, due);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// How many more of a lane [#addHeld] may add; none while something that is stored goes first.
    public int places(Lane name, long now) {
        lock.lock();
        try {
            var lane = lanes.get(name);
            return lane == null ? mostNow() : lane.nextStored <= now ? 0 : Math.max(0, mostNow() - lane.size);
        } finally {
            lock.unlock();
        }
    }

    /// A new delivery is stored, due, and reserved for this queue.
    public void addHeld(Ready ready) {
        lock.lock();
        try {
            enqueue(lane(ready.lane()), ready);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Whether the queue knows of this delivery.
    public boolean isHeld(DeliveryId id) {
        lock.lock();
        try {
            return held.containsKey(id);
        } finally {
            lock.unlock();
        }
    }

    /// What waits is not ours any more: forgets it. What is claimed stays until it is released.
    public void forgetQueued() {
        lock.lock();
        try {
            held.entrySet().stream().filter(entry -> entry.getValue().status == Held.Status.QUEUED)
                    .map(Map.Entry::getKey).toList().forEach(this::release);
        } finally {
            lock.unlock();
        }
    }

    /// A stored delivery, which is not held, is due then.
    public void addLater(Lane name, long due) {
        lock.lock();
        try {
            var lane = lane(name);
            lane.nextStored = Math.min(lane.nextStored, due);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What became of a held delivery is stored.
    public void release(DeliveryId id) {
        lock.lock();
        try {
            var entry = held.remove(id);
            if (entry == null) {
                return;
            }
            var lane = entry.lane;
            lane.held--;
            switch (entry.status) {
                case QUEUED -> leaveQueue(entry);
                case TAKEN -> {
                    lane.ended(entry);
                    if (lane.size > 0) {
                        turns.join(lane);
                        changed.signalAll();
                    }
                }
                case WITHDRAWN -> {
                    // It left the queue when it was withdrawn.
                }
            }
            removeIfIdle(lane);
        } finally {
            lock.unlock();
        }
    }

    /// A taken delivery could not be read: it is offered again at `due`.
    public void giveBack(Ready ready, long due) {
        release(ready.id());
        addLater(ready.lane(), due);
    }

    /// Keeps a delivery from being claimed, because it is about to be cancelled: then [#release] it, or [#putBack] if that
    /// failed. False when it is claimed already. One that is not held is none of the queue's business: true.
    public boolean withdraw(DeliveryId id) {
        lock.lock();
        try {
            var entry = held.get(id);
            if (entry != null && entry.status == Held.Status.QUEUED) {
                leaveQueue(entry);
            }
            return entry == null || entry.status != Held.Status.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /// A withdrawn delivery is not cancelled after all: it is offered again.
    public void putBack(DeliveryId id) {
        lock.lock();
        try {
            var entry = held.get(id);
            if (entry != null && entry.status == Held.Status.WITHDRAWN) {
                // What is due is read back in its order.
                entry.lane.nextStored = 0;
                release(id);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The claimed delivery of this name.
    public Optional<Ready> claimed(DeliveryId id) {
        lock.lock();
        try {
            return Optional.ofNullable(held.get(id)).filter(entry -> entry.status == Held.Status.TAKEN)
                    .map(entry -> entry.ready);
        } finally {
            lock.unlock();
        }
    }

    /// Takes up to `max` that `gate` lets pass, and waits up to `patience` for the first. Calls `hungry` when something due
    /// is stored only.
    public List<Ready> take(int max, Gate gate, Duration patience, Clock clock, Runnable hungry)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        lock.lockInterruptibly();
        try {
            look++;
            while (true) {
                var taken = poll(max, gate);
                long now = clock.millis();
                long next = nextRefill();
                if (next <= now) {
                    hungry.run();
                }
                long left = deadline - System.nanoTime();
                if (!taken.isEmpty() || closed || left <= 0) {
                    return taken;
                }
                // A refill that is under way signals; else the clock decides.
                long untilNext = next <= now || next == LaneQueue.NOTHING
                        ? left
                        : TimeUnit.MILLISECONDS.toNanos(next - now);
                changed.awaitNanos(Math.min(left, untilNext));
            }
        } finally {
            lock.unlock();
        }
    }

    /// A gate may let pass now what it refused.
    public void gateChanged() {
        lock.lock();
        try {
            look++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The lanes that have something due stored and room for it.
    public List<Lane> hungry(long now) {
        lock.lock();
        try {
            return lanes.values().stream().filter(lane -> lane.nextStored <= now && isLow(lane))
                    .map(lane -> lane.lane).toList();
        } finally {
            lock.unlock();
        }
    }

    /// How many to read for a lane so that some are new: the held ones come first.
    public int refillSize(Lane name) {
        lock.lock();
        try {
            return lane(name).held + (queued < IN_ALL ? perLane / 2 : AT_LEAST_PER_LANE);
        } finally {
            lock.unlock();
        }
    }

    /// Adds what is stored of a lane.
    public void refill(Lane name, Refill refill) {
        lock.lock();
        try {
            var lane = lane(name);
            lane.nextStored = refill.next().orElse(LaneQueue.NOTHING);
            for (var ready : refill.due()) {
                if (!held.containsKey(ready.id())) {
                    enqueue(lane, ready);
                }
            }
            removeIfIdle(lane);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Wakes all who wait in [#take]; nothing is handed out any more.
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What the deliveries in memory weigh.
    public long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    private LaneQueue lane(Lane name) {
        return lanes.computeIfAbsent(name, _ -> {
            var tenant = tenants.computeIfAbsent(name.tenant(), Turns.Tenant::new);
            tenant.known++;
            return new LaneQueue(name, tenant);
        });
    }

    private void removeIfIdle(LaneQueue lane) {
        if (lane.isIdle() && lanes.remove(lane.lane, lane) && --lane.tenant.known == 0) {
            tenants.remove(lane.lane.tenant());
        }
    }

    private boolean hasRoom(LaneQueue lane) {
        return lane.size < mostNow();
    }

    private int mostNow() {
        return queued < IN_ALL ? perLane : AT_LEAST_PER_LANE;
    }

    private static boolean isLow(LaneQueue lane) {
        return lane.size < AT_LEAST_PER_LANE / 2;
    }

    private void enqueue(LaneQueue lane, Ready ready) {
        boolean fits = ready.inMemory().isPresent() && bytes + ready.weight() <= handOverBytes;
        var entry = new Held(lane, fits ? ready : ready.withoutMemory());
        held.put(ready.id(), entry);
        lane.held++;
        lane.addLast(entry);
        turns.join(lane);
        queued++;
        bytes += entry.ready.weight();
    }

    private void leaveQueue(Held entry) {
        entry.lane.withdraw(entry);
        forget(entry);
    }

    private void forget(Held entry) {
        queued--;
        bytes -= entry.ready.weight();
        entry.ready = entry.ready.withoutMemory();
    }

    private List<Ready> poll(int max, Gate gate) {
        if (closed) {
            return List.of();
        }
        return turns.next(max, gate, look).stream().map(entry -> {
            var ready = entry.ready;
            forget(entry);
            return ready;
        }).toList();
    }

    private long nextRefill() {
        long next = LaneQueue.NOTHING;
        for (var lane : lanes.values()) {
            if (isLow(lane)) {
                next = Math.min(next, lane.nextStored);
            }
        }
        return next;
    }
}
