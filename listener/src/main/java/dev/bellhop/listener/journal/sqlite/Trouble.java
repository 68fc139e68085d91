package dev.bellhop.listener.journal.sqlite;

import java.sql.SQLException;

import org.sqlite.SQLiteException;

/// What a failed statement tells about the disk.
enum Trouble {
    /// There is no room.
    FULL,
    /// It does not do what it should.
    FAILING,
    /// Nothing: what was to be written is at fault.
    NONE;

    static Trouble of(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return FAILING;
        }
        // Extended codes carry the primary one in their lowest byte.
        return switch (sqlite.getResultCode().code & 0xFF) {
            case 13 -> FULL;
            // ERROR, CONSTRAINT, TOOBIG, MISMATCH, RANGE
            case 1, 18, 19, 20, 25 -> NONE;
            default -> FAILING;
        };
    }

    /// The file is no database, or a broken one.
    static boolean isCorruption(SQLException e) {
        return e instanceof Schema.Damaged
                || (e instanceof SQLiteException sqlite && switch (sqlite.getResultCode().code & 0xFF) {
                    // CORRUPT, NOTADB
                    case 11, 26 -> true;
                    default -> false;
                });
    }
}
