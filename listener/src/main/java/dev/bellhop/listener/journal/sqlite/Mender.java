package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;

import dev.bellhop.listener.journal.intake.Counts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the files of a journal whole again, while nobody has them open: makes indexes anew if that is all it takes, else the
/// whole database from what can be read of it. Whatever it replaces is kept, counted and told.
final class Mender {
    private static final Logger LOG = LoggerFactory.getLogger(Mender.class);

    private final JournalFiles files;
    private final Counts counts;
    private final Clock clock;

    Mender(JournalFiles files, Counts counts, Clock clock) {
        this.files = files;
        this.counts = counts;
        this.clock = clock;
    }

    /// Before the files are opened: what an earlier process began is ended, and what SQLite would pass over in silence is told or
    /// mended.
    void lookBeforeOpening() throws IOException, SQLException {
        files.endSuccession(clock.instant());
        if (files.isLogDamaged()) {
            counts.quarantined().incrementAndGet();
            keepLog();
        }
        if (files.isHeaderDamaged()) {
            salvage();
        }
    }

    /// The copy is for people; without one the journal must open all the same.
    private void keepLog() {
        try {
            LOG.atError().addKeyValue("file", files.copyLog(clock.instant()))
                    .log("Journal's log is damaged: what was accepted last is lost with it, a copy is kept");
        } catch (IOException e) {
            LOG.atError().setCause(e)
                    .log("Journal's log is damaged: what was accepted last is lost with it, and it could not be copied");
        }
    }

    /// Mends damage that SQLite came upon.
    ///
    /// @throws IOException  when there is no room, or the disk fails: nothing has changed then
    /// @throws SQLException likewise
    void mend() throws IOException, SQLException {
        if (indexesCouldBeMadeAnew()) {
            counts.corrupt().incrementAndGet();
            LOG.atError().log("Journal's indexes were damaged; they have been made anew");
        } else {
            salvage();
        }
    }

    /// Whether that leaves a database in which nothing has lost its form.
    private boolean indexesCouldBeMadeAnew() throws SQLException {
        try (var connection = Connections.forWriting(files.database()); var statement = connection.createStatement()) {
            Schema.migrate(connection);
            statement.execute("REINDEX");
            try (var r = statement.executeQuery("PRAGMA quick_check(1)")) {
                return r.next() && r.getString(1).equals("ok");
            }
        } catch (SQLException e) {
            if (isDamage(e)) {
                return false;
            }
            throw e;
        }
    }

    /// Whether the file is to blame for what went wrong, rather than the disk. Statements that fit the schema do not fail
    /// otherwise.
    static boolean isDamage(SQLException e) {
        return !(e instanceof Schema.NewerSchema) && (Trouble.isCorruption(e) || Trouble.of(e) == Trouble.NONE);
    }

    /// Builds the database anew from what can be read.
    void salvage() throws IOException, SQLException {
        long startedAt = System.nanoTime();
        LOG.atError().log("Journal is damaged; a new one is being built from what can be read");
        var saved = Salvage.into(files.workshop(), files.database(), files.log(), clock.instant());
        var aside = files.succeed(clock.instant());
        counts.quarantined().incrementAndGet();
        counts.corrupt().addAndGet(Math.max(1, saved.lost()));
        LOG.atError()
                .addKeyValue("file", aside)
                .addKeyValue("rows", saved.rows())
                .addKeyValue("lostDeliveries", saved.lost())
                .addKeyValue("millis", (System.nanoTime() - startedAt) / 1_000_000)
                .log("Journal was damaged: the file is set aside, all that could be read is in a new one");
    }
}
