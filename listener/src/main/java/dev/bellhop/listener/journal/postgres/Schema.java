package dev.bellhop.listener.journal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The tables, and how a database of an earlier version becomes one of this. They are SQLite's, and what replicas need to
/// share them. Statements can be repeated: not every database of this family undoes them with their transaction.
final class Schema {
    private static final List<String> VERSION_1 = List.of("""
            CREATE TABLE IF NOT EXISTS event(
              seq BIGINT PRIMARY KEY,
              deliveries INTEGER NOT NULL,
              id TEXT NOT NULL,
              received_at BIGINT NOT NULL,
              method TEXT NOT NULL,
              url TEXT NOT NULL,
              headers TEXT NOT NULL,
              deflated INTEGER NOT NULL,
              size INTEGER NOT NULL,
              crc INTEGER NOT NULL,
              body BYTEA NOT NULL)""",
            "CREATE INDEX IF NOT EXISTS event_by_id ON event(id)",
            // `owner` is the replica that holds it. `running_key` is the concurrency key while one holds it, and
            // `dedup_live` the dedup key of what others are duplicates of: the indexes over them let one be at a time.
            """
                    CREATE TABLE IF NOT EXISTS delivery(
                      seq BIGINT PRIMARY KEY,
                      event BIGINT NOT NULL,
                      id TEXT NOT NULL UNIQUE,
                      tenant TEXT NOT NULL,
                      trigger_name TEXT NOT NULL,
                      trigger_uid TEXT NOT NULL,
                      listener_namespace TEXT NOT NULL,
                      listener_name TEXT NOT NULL,
                      dedup_key TEXT,
                      dedup_window BIGINT,
                      concurrency_key TEXT,
                      concurrency_policy INTEGER,
                      replay_of TEXT,
                      crc INTEGER NOT NULL,
                      accepted_at BIGINT NOT NULL,
                      bytes BIGINT NOT NULL,
                      duplicate_of TEXT,
                      requested_by TEXT,
                      state INTEGER NOT NULL,
                      due BIGINT NOT NULL,
                      attempts INTEGER NOT NULL,
                      finished_at BIGINT,
                      step TEXT,
                      why TEXT,
                      standing_crc INTEGER,
                      created TEXT,
                      created_crc INTEGER,
                      owner TEXT,
                      running_key TEXT,
                      dedup_live TEXT)""",
            "CREATE INDEX IF NOT EXISTS delivery_by_event ON delivery(event)",
            "CREATE INDEX IF NOT EXISTS delivery_by_trigger ON delivery(tenant, trigger_name, seq)",
            "CREATE INDEX IF NOT EXISTS delivery_finished ON delivery(tenant, seq) WHERE state >= 10",
            "CREATE INDEX IF NOT EXISTS delivery_unfinished_by_lane ON delivery(trigger_uid, due, seq) WHERE state < 10",
            "CREATE INDEX IF NOT EXISTS delivery_unfinished_by_time ON delivery(accepted_at) WHERE state < 10",
            "CREATE INDEX IF NOT EXISTS delivery_given_up ON delivery(state, tenant) WHERE state > 10",
            "CREATE INDEX IF NOT EXISTS delivery_by_dedup ON delivery(dedup_key) WHERE dedup_key IS NOT NULL",
            """
                    CREATE INDEX IF NOT EXISTS delivery_by_concurrency ON delivery(trigger_uid, concurrency_key, due, seq)
                      WHERE concurrency_key IS NOT NULL AND state < 10""",
            "CREATE INDEX IF NOT EXISTS delivery_replays ON delivery(replay_of) WHERE replay_of IS NOT NULL",
            "CREATE INDEX IF NOT EXISTS delivery_owned ON delivery(owner) WHERE owner IS NOT NULL", """
                    CREATE UNIQUE INDEX IF NOT EXISTS delivery_running ON delivery(trigger_uid, running_key)
                      WHERE running_key IS NOT NULL""", """
                    CREATE UNIQUE INDEX IF NOT EXISTS delivery_live ON delivery(trigger_uid, dedup_live)
                      WHERE dedup_live IS NOT NULL""",
            "CREATE TABLE IF NOT EXISTS extension(delivery BIGINT PRIMARY KEY, json TEXT NOT NULL)", """
                    CREATE TABLE IF NOT EXISTS failure(
                      delivery BIGINT NOT NULL,
                      attempt INTEGER NOT NULL,
                      started_at BIGINT NOT NULL,
                      ended_at BIGINT NOT NULL,
                      step TEXT NOT NULL,
                      why TEXT NOT NULL,
                      crc INTEGER,
                      PRIMARY KEY(delivery, attempt))""",
            // The lives of replicas; one that is not renewed in time ends, and its row goes.
            """
                    CREATE TABLE IF NOT EXISTS replica(
                      id TEXT PRIMARY KEY,
                      slot INTEGER NOT NULL UNIQUE,
                      alive_until TIMESTAMPTZ NOT NULL)""",
            // Locked by who looks for deliveries of a concurrency key and adds one.
            """
                    CREATE TABLE IF NOT EXISTS key_lock(
                      trigger_uid TEXT NOT NULL,
                      concurrency_key TEXT NOT NULL,
                      used_at BIGINT NOT NULL,
                      PRIMARY KEY(trigger_uid, concurrency_key))""",
            // What one replica at a time does.
            """
                    CREATE TABLE IF NOT EXISTS duty(
                      name TEXT PRIMARY KEY,
                      holder TEXT NOT NULL,
                      held_until TIMESTAMPTZ NOT NULL)""",
            "INSERT INTO duty VALUES('retention','',now()) ON CONFLICT(name) DO NOTHING");

    private static final List<String> VERSION_2 = List.of(
            // What a source says of an event that it brought; its old body lies behind the body.
            "ALTER TABLE event ADD COLUMN IF NOT EXISTS origin TEXT",
            // What sources keep between their runs. Keys are UTF-8.
            """
                    CREATE TABLE IF NOT EXISTS memory(
                      source TEXT NOT NULL,
                      key BYTEA NOT NULL,
                      value BYTEA NOT NULL,
                      crc INTEGER NOT NULL,
                      PRIMARY KEY(source, key))""");

    /// What leads from each version to the next, beginning with the empty database. Only ever append.
    private static final List<List<String>> STEPS = List.of(VERSION_1, VERSION_2);

    /// Replicas that begin at the same moment get into each other's way; the last of them has nothing left to do.
    private static final int TRIES = 20;

    private Schema() {}

    /// Makes the tables what this version needs. One replica does it, others that start at the same time wait for it.
    static void migrate(Connection connection) throws SQLException {
        for (int left = TRIES;; left--) {
            try {
                begin(connection);
                upgrade(connection);
                return;
            } catch (SQLException e) {
                connection.rollback();
                if (left == 0 || !isRace(e)) {
                    throw e;
                }
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS journal_schema(one INTEGER PRIMARY KEY, version INTEGER NOT NULL)");
            statement.execute("INSERT INTO journal_schema VALUES(1,0) ON CONFLICT(one) DO NOTHING");
        } finally {
            connection.setAutoCommit(false);
        }
    }

    private static void upgrade(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            int version = version(connection);
            if (version > STEPS.size()) {
                throw new SQLException("the journal has schema version " + version + ", this program knows "
                        + STEPS.size() + "; run the newer program, or give this one another database", "0A000");
            }
            for (int step = version; step < STEPS.size(); step++) {
                for (var sql : STEPS.get(step)) {
                    statement.execute(sql);
                }
                statement.execute("UPDATE journal_schema SET version=" + (step + 1) + " WHERE one=1");
            }
            connection.commit();
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT version FROM journal_schema WHERE one=1 FOR UPDATE")) {
            row.next();
            return row.getInt(1);
        }
    }

    /// Two that make the same table at once, or wait for each other.
    private static boolean isRace(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return Trouble.of(e) == Trouble.CONFLICT || state.startsWith("42P07") || state.startsWith("42710")
                || state.startsWith("XX000");
    }
}
