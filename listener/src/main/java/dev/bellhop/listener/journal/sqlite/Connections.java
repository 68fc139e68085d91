package dev.bellhop.listener.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Opens the database. Transactions are driven as SQL text in autocommit mode: after a full disk SQLite has rolled back
/// by itself, and the driver's own `commit()` and `rollback()` would fail for ever.
final class Connections {
    private Connections() {}

    static Connection forWriting(Path database) throws SQLException {
        // Full pages of 4 KB: larger ones write more to the disk. The WAL is folded back by the writer itself every 16 MB:
        // a checkpointer beside it never gets to reset the WAL under load, and a small WAL exposes little to bit rot.
        // Incremental vacuum lets a full disk get pages back.
        return open(database, """
                PRAGMA page_size=4096;
                PRAGMA auto_vacuum=INCREMENTAL;
                PRAGMA journal_mode=WAL;
                PRAGMA synchronous=FULL;
                PRAGMA wal_autocheckpoint=4000;
                PRAGMA cache_size=-16000;
                PRAGMA temp_store=MEMORY;
                """);
    }

    static Connection forReading(Path database) throws SQLException {
        return open(database, "PRAGMA query_only=ON; PRAGMA cache_size=-4000;");
    }

    /// For a file that is worth nothing until it is complete.
    static Connection forBuilding(Path database) throws SQLException {
        return open(database, """
                PRAGMA page_size=4096;
                PRAGMA auto_vacuum=INCREMENTAL;
                PRAGMA journal_mode=OFF;
                PRAGMA synchronous=OFF;
                PRAGMA cache_size=-64000;
                PRAGMA temp_store=MEMORY;
                """);
    }

    private static Connection open(Path database, String pragmas) throws SQLException {
        var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        try (var statement = connection.createStatement()) {
            for (var pragma : pragmas.strip().split(";")) {
                statement.execute(pragma);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
