package dev.bellhop.listener.journal.sqlite;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryId;

/// Which deliveries are due, per tenant in the order they became so, tenants in turn. It holds at most [#PER_TENANT] of a
/// tenant and, but for a few of each, [#IN_ALL]; of what else is on disk it knows only the earliest due time, and the
/// committer refills it from there.
///
/// A delivery is *held* from when it enters the queue until what became of it is on disk: a held one never enters again,
/// which is why none runs twice at once. Only the committer adds, and releases what was tried, so that disk and queue
/// stay in step.
final class ReadyQueue {
    private static final int PER_TENANT = 1_024;
    private static final int AT_LEAST_PER_TENANT = 64;
    private static final int IN_ALL = 65_536;
    private static final long NOTHING = Long.MAX_VALUE;

    /// Stands for an id that cannot be read.
    static final DeliveryId NO_ID = new DeliveryId("unreadable.1");

    private final long handOverBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Tenant> tenants = new HashMap<>();
    private final ArrayDeque<Tenant> turns = new ArrayDeque<>();
    private final Map<DeliveryId, Entry> held = new HashMap<>();
    private int queued;
    private long bytes;
    private boolean closed;

    ReadyQueue(long handOverBytes) {
        this.handOverBytes = handOverBytes;
    }

    /// One delivery that is due. With `inMemory` it need not be read from the disk; `weight` is what that costs.
    record Entry(String tenant, long seq, DeliveryId id, Optional<Delivery> inMemory, long weight) {}

    /// What the disk holds for a tenant: the first due ones, those whose id the disk has changed, and when the next after
    /// them is due, if any.
    record Refill(List<Entry> due, List<Long> unreadable, Optional<Long> next) {}

    private static final class Tenant {
        private final String name;
        private final ArrayDeque<Entry> entries = new ArrayDeque<>();
        /// Nothing on disk that is neither held nor still to be added is due earlier than this.
        private long nextOnDisk = NOTHING;
        private int held;

        private Tenant(String name) {
            this.name = name;
        }

        private boolean isIdle() {
            return held == 0 && nextOnDisk == NOTHING;
        }
    }

    /// A new delivery is on disk and due.
    void add(Entry entry, long due) {
        lock.lock();
        try {
            var tenant = tenant(entry.tenant());
            // What is on disk and was due before it goes first.
            if (tenant.nextOnDisk > due && hasRoom(tenant)) {
                enqueue(tenant, entry);
            } else {
                tenant.nextOnDisk = Math.min(tenant.nextOnDisk, due);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A delivery on disk, which is not held, is due then.
    void addLater(String tenantName, long due) {
        lock.lock();
        try {
            var tenant = tenant(tenantName);
            tenant.nextOnDisk = Math.min(tenant.nextOnDisk, due);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What became of a held delivery is on disk.
    void release(DeliveryId id) {
        lock.lock();
        try {
            var entry = held.remove(id);
            if (entry != null) {
                var tenant = tenant(entry.tenant());
                tenant.held--;
                removeIfIdle(tenant);
            }
        } finally {
            lock.unlock();
        }
    }

    /// A taken delivery could not be read: it is offered again at `due`.
    void giveBack(Entry entry, long due) {
        release(entry.id());
        addLater(entry.tenant(), due);
    }

    /// The held delivery of this name.
    Optional<Entry> held(DeliveryId id) {
        lock.lock();
        try {
            return Optional.ofNullable(held.get(id));
        } finally {
            lock.unlock();
        }
    }

    /// Takes up to `max` entries, one of each tenant in turn, and waits up to `patience` for the first. Calls `hungry`
    /// when something due is on disk only.
    List<Entry> take(int max, Duration patience, Clock clock, Runnable hungry) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                var taken = poll(max);
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
                long untilNext = next <= now || next == NOTHING ? left : TimeUnit.MILLISECONDS.toNanos(next - now);
                changed.awaitNanos(Math.min(left, untilNext));
            }
        } finally {
            lock.unlock();
        }
    }

    /// The tenants that have something due on disk and room for it.
    List<String> hungry(long now) {
        lock.lock();
        try {
            return tenants.values().stream().filter(t -> t.nextOnDisk <= now && isLow(t)).map(t -> t.name).toList();
        } finally {
            lock.unlock();
        }
    }

    /// How many entries to read for a tenant so that some are new: the held ones come first.
    int refillSize(String tenantName) {
        lock.lock();
        try {
            return tenant(tenantName).held + (queued < IN_ALL ? PER_TENANT / 2 : AT_LEAST_PER_TENANT);
        } finally {
            lock.unlock();
        }
    }

    /// Adds what the disk held for a tenant.
    void refill(String tenantName, Refill refill) {
        lock.lock();
        try {
            var tenant = tenant(tenantName);
            tenant.nextOnDisk = refill.next().orElse(NOTHING);
            for (var entry : refill.due()) {
                if (!held.containsKey(entry.id())) {
                    enqueue(tenant, entry);
                }
            }
            removeIfIdle(tenant);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Wakes all who wait in [#take]; nothing is handed out any more.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What the events in memory weigh.
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    private Tenant tenant(String name) {
        return tenants.computeIfAbsent(name, Tenant::new);
    }

    private void removeIfIdle(Tenant tenant) {
        if (tenant.isIdle()) {
            tenants.remove(tenant.name);
        }
    }

    private boolean hasRoom(Tenant tenant) {
        return tenant.entries.size() < (queued < IN_ALL ? PER_TENANT : AT_LEAST_PER_TENANT);
    }

    private boolean isLow(Tenant tenant) {
        return tenant.entries.size() < AT_LEAST_PER_TENANT / 2;
    }

    private void enqueue(Tenant tenant, Entry entry) {
        boolean fits = entry.inMemory().isPresent() && bytes + entry.weight() <= handOverBytes;
        var kept = fits ? entry : new Entry(entry.tenant(), entry.seq(), entry.id(), Optional.empty(), 0);
        if (tenant.entries.isEmpty()) {
            turns.addLast(tenant);
        }
        tenant.entries.addLast(kept);
        held.put(kept.id(), new Entry(kept.tenant(), kept.seq(), kept.id(), Optional.empty(), 0));
        tenant.held++;
        queued++;
        bytes += kept.weight();
    }

    private List<Entry> poll(int max) {
        var taken = new ArrayList<Entry>();
        while (!closed && taken.size() < max && !turns.isEmpty()) {
            var tenant = turns.pollFirst();
            var entry = tenant.entries.pollFirst();
            if (entry != null) {
                taken.add(entry);
                queued--;
                bytes -= entry.weight();
            }
            if (!tenant.entries.isEmpty()) {
                turns.addLast(tenant);
            }
        }
        return taken;
    }

    private long nextRefill() {
        long next = NOTHING;
        for (var tenant : tenants.values()) {
            if (isLow(tenant)) {
                next = Math.min(next, tenant.nextOnDisk);
            }
        }
        return next;
    }
}
