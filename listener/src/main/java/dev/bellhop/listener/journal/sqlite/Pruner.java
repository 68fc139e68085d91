package dev.bellhop.listener.journal.sqlite;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.bellhop.listener.journal.RetentionLimits;
import dev.bellhop.listener.journal.sqlite.Writer.Candidate;
import dev.bellhop.listener.journal.intake.Ledger;

/// Removes finished deliveries whose time is over, tenant by tenant, a tenant's oldest first, and few at a time: many at once
/// would keep appends waiting. Used by the committer's thread alone.
final class Pruner {
    private static final int ROWS_A_STEP = 200;
    /// How many to look at of a tenant that probably has nothing to remove.
    private static final int ROWS_A_LOOK = 20;
    private static final int TENANTS_A_STEP = 50;

    /// How long an unfinished delivery that was passed over may stay on after it has ended.
    private static final long ROUND_MILLIS = 600_000;

    private final Function<String, RetentionLimits> limits;
    private final ArrayDeque<String> toVisit = new ArrayDeque<>();
    /// Where the oldest delivery of a tenant may be that was not passed over.
    private final Map<String, Long> cursors = new HashMap<>();
    private boolean busy;
    private long roundStartedAt;
    private long oldestCursor;

    Pruner(Function<String, RetentionLimits> limits) {
        this.limits = limits;
    }

    /// Removes some of what retention lets go; returns whether the next step may do as much.
    boolean step(Writer writer, long now, Ledger ledger) throws SQLException {
        if (toVisit.isEmpty()) {
            toVisit.addAll(ledger.tenantsWithKept());
            cursors.keySet().retainAll(toVisit);
        }
        if (now - roundStartedAt > ROUND_MILLIS) {
            cursors.clear();
            roundStartedAt = now;
        }
        for (int visited = 0; visited < TENANTS_A_STEP && !toVisit.isEmpty(); visited++) {
            var tenant = toVisit.getFirst();
            busy = prune(writer, tenant, now, ledger);
            if (busy) {
                return true;
            }
            toVisit.removeFirst();
        }
        return !toVisit.isEmpty();
    }

    /// Whether there may be more to remove of this tenant.
    private boolean prune(Writer writer, String tenant, long now, Ledger ledger) throws SQLException {
        var limit = limits.apply(tenant);
        var kept = ledger.keptOf(tenant);
        long excess = kept.deliveries() - limit.maxDeliveries();
        long excessBytes = kept.bytes() - limit.maxBytes();
        int rows = busy || excess > 0 || excessBytes > 0 ? ROWS_A_STEP : ROWS_A_LOOK;
        var candidates = writer.ofTenant(tenant, cursors.getOrDefault(tenant, 0L), rows);
        var over = new ArrayList<Candidate>();
        boolean reachedKept = false;
        for (var candidate : candidates) {
            if (candidate.finished()) {
                boolean old = candidate.acceptedAt() < now - limit.maxAge().toMillis();
                if (!old && excess <= 0 && excessBytes <= 0) {
                    reachedKept = true;
                    break;
                }
                over.add(candidate);
                excess--;
                excessBytes -= candidate.bytes();
            }
            cursors.put(tenant, candidate.seq() + 1);
        }
        remove(writer, over, ledger);
        return !reachedKept && candidates.size() == rows;
    }

    /// Removes some of the oldest finished deliveries although they may be kept.
    void makeRoom(Writer writer, Ledger ledger) throws SQLException {
        var candidates = writer.from(oldestCursor, ROWS_A_STEP);
        remove(writer, candidates.stream().filter(Candidate::finished).toList(), ledger);
        oldestCursor = candidates.size() < ROWS_A_STEP ? 0 : candidates.getLast().seq() + 1;
    }

    private static void remove(Writer writer, List<Candidate> over, Ledger ledger) throws SQLException {
        if (over.isEmpty()) {
            return;
        }
        writer.begin();
        for (var candidate : over) {
            writer.remove(candidate);
        }
        writer.commit();
        over.forEach(gone -> ledger.kept(gone.tenant(), -1, -gone.bytes()));
    }
}
