package dev.bellhop.listener.journal.ready;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import dev.bellhop.listener.journal.Gate;
import org.jspecify.annotations.Nullable;

/// Whose turn it is: tenants by deficit round robin, and a tenant's lanes one after the other. A tenant that can use its turn
/// only in part, because the gate refuses its lanes, loses the rest of it: nobody saves turns up. Used under the lock of the
/// queue.
final class Turns {
    private final ArrayDeque<Tenant> tenants = new ArrayDeque<>();

    /// A namespace with something that waits.
    static final class Tenant {
        private final String name;
        private final ArrayDeque<LaneQueue> lanes = new ArrayDeque<>();
        private int credit;
        private boolean inTurns;
        /// How many lanes of it the queue knows.
        int known;

        Tenant(String name) {
            this.name = name;
        }
    }

    /// Something waits in this lane that may run.
    void join(LaneQueue lane) {
        if (!lane.inTurns) {
            lane.inTurns = true;
            lane.tenant.lanes.addLast(lane);
        }
        if (!lane.tenant.inTurns) {
            lane.tenant.inTurns = true;
            tenants.addLast(lane.tenant);
        }
    }

    /// The next `max` that `gate` lets pass; it is asked once a lane in each `look`.
    List<Held> next(int max, Gate gate, long look) {
        var taken = new ArrayList<Held>();
        int inVain = 0;
        while (taken.size() < max && inVain < tenants.size()) {
            var tenant = tenants.getFirst();
            if (tenant.credit <= 0) {
                tenant.credit = Math.max(1, gate.weight(tenant.name));
            }
            var entry = nextOf(tenant, gate, look);
            if (entry != null) {
                taken.add(entry);
                tenant.credit--;
                inVain = 0;
            } else {
                tenant.credit = 0;
                inVain++;
            }
            if (tenant.credit <= 0) {
                tenants.removeFirst();
                if (tenant.lanes.isEmpty()) {
                    tenant.inTurns = false;
                    // One less to pass.
                    inVain = Math.max(0, inVain - 1);
                } else {
                    tenants.addLast(tenant);
                }
            }
        }
        return taken;
    }

    private static @Nullable Held nextOf(Tenant tenant, Gate gate, long look) {
        for (int left = tenant.lanes.size(); left > 0; left--) {
            var lane = tenant.lanes.removeFirst();
            var entry = lane.peek();
            if (entry == null) {
                lane.inTurns = false;
                continue;
            }
            tenant.lanes.addLast(lane);
            if (lane.refusedIn == look) {
                continue;
            }
            if (!gate.tryEnter(lane.lane, entry.ready.concurrencyKey())) {
                lane.refusedIn = look;
                continue;
            }
            return lane.take();
        }
        return null;
    }
}
