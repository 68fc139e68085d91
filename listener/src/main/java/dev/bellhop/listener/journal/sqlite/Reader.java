package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import dev.bellhop.listener.journal.DeliveryHistory;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryPage;
import dev.bellhop.listener.journal.DeliveryQuery;
import dev.bellhop.listener.journal.intake.Damages;
import dev.bellhop.listener.journal.stored.MemoryReader;
import dev.bellhop.listener.journal.stored.RowReader;
import org.jspecify.annotations.Nullable;

/// A connection that only reads, opened when it is first needed. May be used by any thread; one at a time gets served.
final class Reader implements AutoCloseable {
    /// Rows are walked from the newest to the bound and no further: later ones were accepted later.
    private static final RowReader.Narrowing NARROWING = new RowReader.Narrowing(
            // The character after the dot is the slash.
            "d.id>?||'.' AND d.id<?||'/'", """
                    d.seq>=COALESCE((SELECT seq FROM delivery WHERE accepted_at>=? ORDER BY accepted_at,seq LIMIT 1),\
                    9223372036854775807)""", """
                    d.seq<=COALESCE((SELECT seq FROM delivery WHERE accepted_at<? \
                    ORDER BY accepted_at DESC,seq DESC LIMIT 1),0)""",
            "JOIN delivery c ON c.seq IN (%s)");

    private final ReentrantLock lock = new ReentrantLock();
    private final Path database;
    private final Damages damages;
    private @Nullable Open open;

    private record Open(Connection connection, RowReader rows, PreparedStatement load, MemoryReader memory) {
        private static Open of(Connection connection, Damages damages) throws SQLException {
            try {
                var rows = new RowReader(connection, NARROWING, damages::found);
                return new Open(connection, rows, rows.prepareLoad(),
                        new MemoryReader(connection, damages::found));
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
    }

    /// Damage that is found while people look is told to `damages`.
    Reader(Path database, Damages damages) {
        this.database = database;
        this.damages = damages;
    }

    private interface Reading<T> {
        T read(Open now) throws SQLException;
    }

    private <T> T alone(Reading<T> reading) throws SQLException {
        lock.lock();
        try {
            var now = open;
            if (now == null) {
                now = Open.of(Connections.forReading(database), damages);
                open = now;
            }
            return reading.read(now);
        } finally {
            lock.unlock();
        }
    }

    /// Something to be done while nobody has the file open.
    interface Work {
        void run() throws SQLException, IOException;
    }

    /// Does `work` with the file closed; who wants to read waits.
    void aside(Work work) throws SQLException, IOException {
        lock.lock();
        try {
            close();
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /// The delivery of this row, with its event.
    RowReader.Loaded load(long seq) throws SQLException {
        return alone(now -> now.rows.load(now.load, seq));
    }

    DeliveryPage list(DeliveryQuery query) throws SQLException {
        return alone(now -> now.rows.list(query));
    }

    Optional<DeliveryHistory> get(DeliveryId id) throws SQLException {
        return alone(now -> now.rows.get(id));
    }

    /// When the oldest unfinished delivery was accepted; answered from an index.
    Optional<Instant> oldestUnfinished() throws SQLException {
        return alone(now -> now.rows.oldestUnfinished());
    }

    Optional<byte[]> recall(String source, String key) throws SQLException {
        return alone(now -> now.memory.read(source, key));
    }

    MemoryReader.Page recall(String source, MemoryReader.Range range) throws SQLException {
        return alone(now -> now.memory.page(source, range));
    }

    Set<String> sourcesRemembered() throws SQLException {
        return alone(now -> now.memory.sources());
    }

    @Override
    public void close() throws SQLException {
        lock.lock();
        try {
            var last = open;
            open = null;
            if (last != null) {
                last.connection.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
