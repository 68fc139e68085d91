package dev.bellhop.listener.journal.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The writing connection of now. After trouble it is opened anew: SQLite's own state may not be what ours is.
final class LiveWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LiveWriter.class);

    private final Path database;
    private @Nullable Writer writer;

    LiveWriter(Path database, Writer writer) {
        this.database = database;
        this.writer = writer;
    }

    Writer get() throws SQLException {
        var open = writer;
        if (open == null) {
            open = new Writer(database);
            writer = open;
        }
        return open;
    }

    void close() {
        var open = writer;
        writer = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.atWarn().setCause(e).log("Journal could not close its connection");
            }
        }
    }
}
