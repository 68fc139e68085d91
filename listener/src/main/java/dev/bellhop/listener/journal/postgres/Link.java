package dev.bellhop.listener.journal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection that is opened when it is needed, and anew after it failed. May be used by any thread; one at a time gets
/// served.
final class Link implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private final Connections connections;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection connection;
    private boolean closed;

    Link(Connections connections) {
        this.connections = connections;
    }

    /// What is done with the connection.
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /// Does `work`; after a loss the next gets a new connection.
    <T> T on(Work<T> work) throws SQLException {
        lock.lock();
        try {
            var open = open();
            try {
                return work.with(open);
            } catch (SQLException e) {
                undo(open, Trouble.of(e));
                throw e;
            } catch (RuntimeException e) {
                drop();
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Does `work` in one transaction.
    <T> T inTransaction(Work<T> work) throws SQLException {
        return on(connection -> {
            connection.setAutoCommit(false);
            var result = work.with(connection);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        });
    }

    /// Reads; once more on a new connection when the one at hand had been lost meanwhile.
    <T> T reading(Work<T> work) throws SQLException {
        try {
            return on(work);
        } catch (SQLException e) {
            if (Trouble.of(e) != Trouble.LOST) {
                throw e;
            }
            return on(work);
        }
    }

    private void undo(Connection open, Trouble trouble) {
        try {
            if (trouble == Trouble.CONFLICT || trouble == Trouble.NONE) {
                if (!open.getAutoCommit()) {
                    open.rollback();
                    open.setAutoCommit(true);
                }
                return;
            }
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("Journal could not undo a transaction");
        }
        drop();
    }

    private Connection open() throws SQLException {
        if (closed) {
            throw new SQLException("the journal is closed", "08003");
        }
        var open = connection;
        if (open == null) {
            open = connections.open();
            connection = open;
        }
        return open;
    }

    private void drop() {
        var open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.atDebug().setCause(e).log("Journal could not close a connection");
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            drop();
        } finally {
            lock.unlock();
        }
    }
}
