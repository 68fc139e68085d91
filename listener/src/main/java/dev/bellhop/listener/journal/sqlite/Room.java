package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.sql.SQLException;

import dev.bellhop.listener.journal.intake.Ledger;

/// Finds room on a full disk: gives up the ballast so that work can go on, then lets the oldest finished deliveries go
/// until the ballast fits again. New events matter more than history.
final class Room {
    private final Ballast ballast;
    private final Pruner pruner;

    Room(Ballast ballast, Pruner pruner) {
        this.ballast = ballast;
        this.pruner = pruner;
    }

    /// The disk is full.
    void giveUpBallast() throws IOException {
        ballast.release();
    }

    /// Whether there is room with no history given up.
    boolean isThere() throws IOException {
        return ballast.restore();
    }

    /// Gives up some history and hands the pages back to the disk.
    void makeSome(Writer writer, Ledger ledger) throws SQLException {
        pruner.makeRoom(writer, ledger);
        writer.execute("PRAGMA incremental_vacuum(1024)");
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// Removes some of what retention lets go; returns whether the next step may do as much.
    boolean tidy(Writer writer, long now, Ledger ledger) throws SQLException {
        return pruner.step(writer, now, ledger);
    }
}
