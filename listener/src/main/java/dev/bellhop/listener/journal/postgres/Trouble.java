package dev.bellhop.listener.journal.postgres;

import java.sql.SQLException;

/// What a failed statement tells, by its SQLSTATE.
enum Trouble {
    /// Others did the same at the same time: to be tried again at once.
    CONFLICT,
    /// What was to be written is at fault.
    NONE,
    /// There is no room.
    FULL,
    /// The server, or the way to it, does not do what it should.
    LOST;

    static Trouble of(SQLException e) {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        // Unique violation, serialization failure, deadlock.
        return switch (state) {
            case "23505", "40001", "40P01" -> CONFLICT;
            case "53100" -> FULL;
            // Data and constraints; syntax and objects.
            default -> state.startsWith("22") || state.startsWith("23") ? NONE : LOST;
        };
    }
}
