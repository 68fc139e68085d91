package dev.bellhop.listener.journal.sqlite;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tables, and how a file of an earlier version becomes one of this. The version is the file's `user_version`.
final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    /// After the schema's own and the first map of pages.
    private static final int FIRST_ROOT = 3;

    /// From the empty file.
    private static final String VERSION_1 = """
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
            """;

    private static final String VERSION_2 = """
            -- Never changed, like the columns before `crc`: what makes duplicates and what runs one at a time (policies:
            -- 0 queue, 1 cancel older, 2 drop newer), and whose event is delivered anew.
            ALTER TABLE delivery ADD COLUMN dedup_key TEXT;
            ALTER TABLE delivery ADD COLUMN dedup_window INTEGER;
            ALTER TABLE delivery ADD COLUMN concurrency_key TEXT;
            ALTER TABLE delivery ADD COLUMN concurrency_policy INTEGER;
            ALTER TABLE delivery ADD COLUMN replay_of TEXT;
            ALTER TABLE delivery ADD COLUMN duplicate_of TEXT;
            -- Of the delivery and its event.
            ALTER TABLE delivery ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
            -- Who last redelivered, replayed or cancelled it.
            ALTER TABLE delivery ADD COLUMN requested_by TEXT;
            -- Over state, due, attempts, finished_at, step and why; and over created. Absent in rows that are older.
            ALTER TABLE delivery ADD COLUMN standing_crc INTEGER;
            ALTER TABLE delivery ADD COLUMN created_crc INTEGER;
            ALTER TABLE failure ADD COLUMN crc INTEGER;
            UPDATE delivery SET bytes=256+COALESCE((SELECT length(body)+length(headers)+length(url)+256 FROM event
              WHERE event.seq=delivery.event),0)+COALESCE((SELECT length(json) FROM extension
              WHERE extension.delivery=delivery.seq),0);
            -- States: 0 pending, 1 retrying, 10 done, 11 dead, 12 corrupt, 13 duplicate, 14 cancelled.
            DROP INDEX delivery_unfinished;
            DROP INDEX delivery_given_up;
            CREATE INDEX delivery_by_trigger ON delivery(tenant, trigger_name);
            CREATE INDEX delivery_by_time ON delivery(accepted_at);
            CREATE INDEX delivery_unfinished_by_lane ON delivery(trigger_uid, due) WHERE state < 10;
            CREATE INDEX delivery_unfinished_by_time ON delivery(accepted_at) WHERE state < 10;
            CREATE INDEX delivery_given_up ON delivery(state, tenant) WHERE state > 10;
            CREATE INDEX delivery_by_dedup ON delivery(dedup_key, trigger_uid) WHERE dedup_key IS NOT NULL;
            CREATE INDEX delivery_by_concurrency ON delivery(trigger_uid, concurrency_key)
              WHERE concurrency_key IS NOT NULL AND state < 10;
            CREATE INDEX delivery_replays ON delivery(replay_of) WHERE replay_of IS NOT NULL;
            """;

    private static final String VERSION_3 = """
            -- What a source says of an event that it brought; its old body lies behind the body.
            ALTER TABLE event ADD COLUMN origin TEXT;
            -- What sources keep between their runs. Keys are UTF-8. The index is not a unique one: what is damaged may let a
            -- key be inserted twice, and then a unique index cannot be made anew. Of two such rows the later counts.
            CREATE TABLE memory(
              source TEXT NOT NULL,
              key BLOB NOT NULL,
              value BLOB NOT NULL,
              crc INTEGER NOT NULL);
            CREATE INDEX memory_by_key ON memory(source, key);
            """;

    /// What leads from each version to the next, beginning with the empty file. Only ever append; each has to change a table, by
    /// which the version is known when its number is damaged.
    private static final List<String> STEPS = List.of(VERSION_1, VERSION_2, VERSION_3);

    private Schema() {}

    /// Makes the tables what this version needs.
    static void migrate(Connection connection) throws SQLException {
        migrate(connection, STEPS);
    }

    static void migrate(Connection connection, List<String> steps) throws SQLException {
        int version = soundVersion(connection, steps);
        for (int step = version; step < steps.size(); step++) {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate(
                        "BEGIN IMMEDIATE;" + steps.get(step) + "PRAGMA user_version=" + (step + 1) + ";COMMIT");
            }
        }
    }

    /// The version of the file, whose tables are compared with those that the steps make: one flipped bit in the name of a column
    /// would make the file useless, one in a condition the answers wrong.
    private static int soundVersion(Connection connection, List<String> steps) throws SQLException {
        int version = version(connection);
        var found = tables(connection);
        checkRoots(connection);
        try (var fresh = DriverManager.getConnection("jdbc:sqlite::memory:");
                var statement = fresh.createStatement()) {
            for (int step = 0; step <= steps.size(); step++) {
                if (found.equals(tables(fresh)) && !(step == 0 && version > steps.size())) {
                    return rightVersion(connection, version, step);
                }
                if (step < steps.size()) {
                    statement.executeUpdate(steps.get(step));
                }
            }
        }
        if (version > steps.size()) {
            throw new NewerSchema("the journal has schema version " + version + ", this program knows "
                    + steps.size() + "; run the newer program, or give this one another directory");
        }
        throw new Damaged("the journal says that it has schema version " + version
                + ", but its tables are not those of that version");
    }

    private static int rightVersion(Connection connection, int found, int right) throws SQLException {
        if (found != right) {
            LOG.atError().addKeyValue("found", found).addKeyValue("right", right)
                    .log("Journal's version number was damaged; it has been set right");
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("PRAGMA user_version=" + right);
            }
        }
        return right;
    }

    /// Each table and index begins on a page of its own. They are the first of the file, without a gap.
    private static void checkRoots(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var r = statement.executeQuery("""
                SELECT COUNT(DISTINCT rootpage),COUNT(*),COALESCE(MAX(rootpage),0),\
                (SELECT auto_vacuum FROM pragma_auto_vacuum) FROM sqlite_schema WHERE rootpage<>0""")) {
            r.next();
            boolean distinct = r.getInt(1) == r.getInt(2);
            boolean dense = r.getInt(2) == 0 || r.getInt(4) == 0 || r.getInt(3) == FIRST_ROOT - 1 + r.getInt(2);
            if (!distinct || !dense) {
                throw new Damaged("the journal does not say where each of its tables begins");
            }
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var all = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var r = statement.executeQuery(
                        "SELECT type||' '||name||' '||tbl_name||' '||COALESCE(sql,'') FROM sqlite_schema ORDER BY 1")) {
            while (r.next()) {
                all.add(r.getString(1));
            }
        }
        return all;
    }

    static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            row.next();
            return row.getInt(1);
        }
    }

    /// What the file says of its tables is not what was written.
    static final class Damaged extends SQLException {
        private Damaged(String message) {
            super(message);
        }
    }

    /// The file was written by a later version: sound, but not for us.
    static final class NewerSchema extends SQLException {
        private NewerSchema(String message) {
            super(message);
        }
    }
}
