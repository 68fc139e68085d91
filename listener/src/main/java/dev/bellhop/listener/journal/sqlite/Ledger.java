package dev.bellhop.listener.journal.sqlite;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.bellhop.listener.journal.Backlog;
import dev.bellhop.listener.journal.Lane;

/// Counts what is unfinished and what is kept, in memory. The committer's thread keeps it in step with the disk; anyone reads.
final class Ledger implements Backlog {
    private final Map<Lane, Waiting> byLane = new ConcurrentHashMap<>();
    private final Map<String, Waiting> byTenant = new ConcurrentHashMap<>();
    private final Map<String, Waiting> keptByTenant = new ConcurrentHashMap<>();
    private volatile Waiting unfinished = Waiting.NOTHING;
    private volatile Waiting kept = Waiting.NOTHING;

    /// Counts what is on disk.
    void read(Lookups lookups) throws SQLException {
        for (var lane : lookups.unfinishedByLane()) {
            unfinished(lane.lane(), lane.deliveries(), lane.bytes());
        }
        for (var tenant : lookups.finishedByTenant()) {
            kept(tenant.tenant(), tenant.deliveries(), tenant.bytes());
        }
    }

    /// So many more are unfinished; less, when negative.
    void unfinished(Lane lane, long deliveries, long bytes) {
        change(byLane, lane, deliveries, bytes);
        change(byTenant, lane.tenant(), deliveries, bytes);
        unfinished = plus(unfinished, deliveries, bytes);
    }

    /// So many more are finished and kept; less, when negative.
    void kept(String tenant, long deliveries, long bytes) {
        change(keptByTenant, tenant, deliveries, bytes);
        kept = plus(kept, deliveries, bytes);
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
    Waiting unfinished() {
        return unfinished;
    }

    /// All that is finished and kept.
    Waiting kept() {
        return kept;
    }

    /// The tenants of whom something finished is kept.
    Set<String> tenantsWithKept() {
        return Set.copyOf(keptByTenant.keySet());
    }

    /// What is finished and kept of a tenant.
    Waiting keptOf(String tenant) {
        return keptByTenant.getOrDefault(tenant, Waiting.NOTHING);
    }
}
