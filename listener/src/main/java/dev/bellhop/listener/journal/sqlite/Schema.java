package dev.bellhop.listener.journal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The tables, and how a file of an earlier version becomes one of this. The version is the file's `user_version`.
final class Schema {
    /// What leads from each version to the next, beginning with the empty file. Only ever append.
    private static final List<String> STEPS = List.of("""
            -- One row per event, never updated: SQLite rewrites a row whole. `deliveries` rows of the table delivery
            -- belong to it: those from the same seq on.
            CREATE TABLE event(
              seq INTEGER PRIMARY KEY,
              deliveries INTEGER NOT NULL,
              id TEXT NOT NULL,
              received_at INTEGER NOT NULL,
              method TEXT NOT NULL,
              url TEXT NOT NULL,
              headers TEXT NOT NULL,
              deflated INTEGER NOT NULL,
              size INTEGER NOT NULL,
              crc INTEGER NOT NULL,
              body BLOB NOT NULL);
            CREATE TABLE delivery(
              seq INTEGER PRIMARY KEY,
              event INTEGER NOT NULL,
              id TEXT NOT NULL UNIQUE,
              tenant TEXT NOT NULL,
              trigger_name TEXT NOT NULL,
              trigger_uid TEXT NOT NULL,
              listener_namespace TEXT NOT NULL,
              listener_name TEXT NOT NULL,
              crc INTEGER NOT NULL,
              accepted_at INTEGER NOT NULL,
              state INTEGER NOT NULL,
              due INTEGER NOT NULL,
              attempts INTEGER NOT NULL,
              finished_at INTEGER,
              step TEXT,
              why TEXT,
              created TEXT);
            -- States: 0 pending, 1 retrying, 10 done, 11 dead, 12 corrupt.
            CREATE INDEX delivery_by_tenant ON delivery(tenant);
            CREATE INDEX delivery_unfinished ON delivery(tenant, due, accepted_at) WHERE state < 10;
            CREATE INDEX delivery_given_up ON delivery(state) WHERE state > 10;
            -- What interceptors added; most deliveries have none.
            CREATE TABLE extension(
              delivery INTEGER PRIMARY KEY,
              json TEXT NOT NULL);
            -- Tries that did not succeed; most deliveries have none.
            CREATE TABLE failure(
              delivery INTEGER NOT NULL,
              attempt INTEGER NOT NULL,
              started_at INTEGER NOT NULL,
              ended_at INTEGER NOT NULL,
              step TEXT NOT NULL,
              why TEXT NOT NULL,
              PRIMARY KEY(delivery, attempt)) WITHOUT ROWID;
            """);

    private Schema() {}

    /// Makes the tables what this version needs.
    static void migrate(Connection connection) throws SQLException {
        migrate(connection, STEPS);
    }

    static void migrate(Connection connection, List<String> steps) throws SQLException {
        int version = version(connection);
        if (version > steps.size()) {
            throw new NewerSchema("the journal has schema version " + version + ", this program knows "
                    + steps.size() + "; run the newer program, or give this one another directory");
        }
        for (int step = version; step < steps.size(); step++) {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate(
                        "BEGIN IMMEDIATE;" + steps.get(step) + "PRAGMA user_version=" + (step + 1) + ";COMMIT");
            }
        }
    }

    static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            row.next();
            return row.getInt(1);
        }
    }

    /// The file was written by a later version: sound, but not for us.
    static final class NewerSchema extends SQLException {
        private NewerSchema(String message) {
            super(message);
        }
    }
}
