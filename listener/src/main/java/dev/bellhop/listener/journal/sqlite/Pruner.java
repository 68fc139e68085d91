package dev.bellhop.listener.journal.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;

/// Removes finished deliveries whose time is over, oldest first and few at a time: many at once would keep appends waiting.
/// Used by the committer's thread alone.
final class Pruner {
    private static final int ROWS_A_STEP = 200;

    /// How long an unfinished delivery that was passed over may stay on after it has ended.
    private static final long ROUND_MILLIS = 600_000;

    private final Retention retention;
    private long cursor;
    private long roundStartedAt;

    Pruner(Retention retention) {
        this.retention = retention;
    }

    /// What one step did. `more` when the next may do as much.
    record Step(int removed, boolean more) {}

    /// Removes some of the finished deliveries, those that retention lets go or, when `evenKept`, just the oldest.
    Step step(Writer writer, long now, Ledger ledger, boolean evenKept) throws SQLException {
        var candidates = writer.from(cursor, ROWS_A_STEP);
        var over = new ArrayList<Writer.Candidate>();
        long excess = ledger.kept().deliveries() - retention.maxFinished();
        boolean reachedKept = false;
        for (var candidate : candidates) {
            if (candidate.finished()) {
                boolean old = candidate.acceptedAt() < now - retention.maxAge().toMillis();
                if (!old && excess <= over.size() && !evenKept) {
                    reachedKept = true;
                    break;
                }
                over.add(candidate);
            }
            cursor = candidate.seq() + 1;
        }
        boolean atEnd = reachedKept || candidates.size() < ROWS_A_STEP;
        if (atEnd && (evenKept || now - roundStartedAt > ROUND_MILLIS)) {
            cursor = 0;
            roundStartedAt = now;
        }
        if (!over.isEmpty()) {
            writer.begin();
            for (var candidate : over) {
                writer.remove(candidate);
            }
            writer.commit();
            over.forEach(gone -> ledger.kept(gone.tenant(), -1, -gone.bytes()));
        }
        return new Step(over.size(), !atEnd);
    }
}
