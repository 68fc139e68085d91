package dev.bellhop.listener.journal.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.bellhop.listener.journal.Backlog;
import dev.bellhop.listener.journal.Lane;

/// Counts what is unfinished and what is kept, in memory. The engine's writing
/// thread keeps it in step with the disk; anyone reads.
public final class Ledger implements Backlog {
    private volatile Map<Lane, Waiting> byLane = new ConcurrentHashMap<>();
    private volatile Map<String, Waiting> byTenant = new ConcurrentHashMap<>();
    private volatile Map<String, Waiting> keptByTenant = new ConcurrentHashMap<>();
    private volatile Waiting unfinished = Waiting.NOTHING;
    private volatile Waiting kept = Waiting.NOTHING;
    /// What changed since a count began.
    private final List<Runnable> unfinishedSince = new ArrayList<>();
    private final List<Runnable> keptSince = new ArrayList<>();
    private boolean counting;

    /// So many more are unfinished; less, when negative.
    public synchronized void unfinished(Lane lane, long deliveries, long bytes) {
        if (counting) {
            unfinishedSince.add(() -> addUnfinished(lane, deliveries, bytes));
        }
        addUnfinished(lane, deliveries, bytes);
    }

    private void addUnfinished(Lane lane, long deliveries, long bytes) {
        change(byLane, lane, deliveries, bytes);
        change(byTenant, lane.tenant(), deliveries, bytes);
        unfinished = plus(unfinished, deliveries, bytes);
    }

    /// So many more are finished and kept; less, when negative.
    public synchronized void kept(String tenant, long deliveries, long bytes) {
        if (counting) {
            keptSince.add(() -> addKept(tenant, deliveries, bytes));
        }
        addKept(tenant, deliveries, bytes);
    }

    private void addKept(String tenant, long deliveries, long bytes) {
        change(keptByTenant, tenant, deliveries, bytes);
        kept = plus(kept, deliveries, bytes);
    }

    /// What is stored is counted anew, as it is at this moment. What changes from now on is added to [#counted].
    public synchronized void beginCount() {
        counting = true;
        unfinishedSince.clear();
        keptSince.clear();
    }

    /// What was unfinished when the count began.
    public synchronized void counted(Map<Lane, Waiting> lanes) {
        var tenants = new ConcurrentHashMap<String, Waiting>();
        lanes.forEach((lane, waiting) -> change(tenants, lane.tenant(), waiting.deliveries(), waiting.bytes()));
        byLane = new ConcurrentHashMap<>(lanes);
        byTenant = tenants;
        unfinished = sum(lanes.values());
        unfinishedSince.forEach(Runnable::run);
        unfinishedSince.clear();
    }

    /// What was finished and kept when the count began, by tenant.
    public synchronized void countedKept(Map<String, Waiting> tenants) {
        keptByTenant = new ConcurrentHashMap<>(tenants);
        kept = sum(tenants.values());
        keptSince.forEach(Runnable::run);
        keptSince.clear();
    }

    /// The count is over.
    public synchronized void endCount() {
        counting = false;
    }

    private static Waiting sum(Collection<Waiting> all) {
        return all.stream().reduce(Waiting.NOTHING, (sum, one) -> plus(sum, one.deliveries(), one.bytes()));
    }

    private static <K> void change(Map<K, Waiting> counts, K key, long deliveries, long bytes) {
        counts.compute(key, (_, before) -> {
            var after = plus(before == null ? Waiting.NOTHING : before, deliveries, bytes);
            return after.deliveries() <= 0 ? null : after;
        });
    }

    private static Waiting plus(Waiting before, long deliveries, long bytes) {
        return new Waiting(before.deliveries() + deliveries, before.bytes() + bytes);
    }

    @Override
    public Waiting ofTenant(String tenant) {
        return byTenant.getOrDefault(tenant, Waiting.NOTHING);
    }

    @Override
    public Waiting ofLane(Lane lane) {
        return byLane.getOrDefault(lane, Waiting.NOTHING);
    }

    /// All that is unfinished.
    public Waiting unfinished() {
        return unfinished;
    }

    /// All that is finished and kept.
    public Waiting kept() {
        return kept;
    }

    /// The tenants of whom something finished is kept.
    public Set<String> tenantsWithKept() {
        return Set.copyOf(keptByTenant.keySet());
    }

    /// What is finished and kept of a tenant.
    public Waiting keptOf(String tenant) {
        return keptByTenant.getOrDefault(tenant, Waiting.NOTHING);
    }
}
