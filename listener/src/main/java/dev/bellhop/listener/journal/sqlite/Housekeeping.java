package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.bellhop.listener.journal.intake.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the committer does between batches, a little at a time: removes what retention lets go, folds the WAL back, and after
/// trouble finds out whether it is over.
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration TIDY_PAUSE = Duration.ofMillis(50);
    static final Duration TROUBLED_PAUSE = Duration.ofMillis(250);
    private static final Duration IDLE_PAUSE = Duration.ofSeconds(1);
    /// Mending takes seconds for a large journal, and what it did not mend it will not mend a minute later.
    private static final Duration MEND_PAUSE = Duration.ofMinutes(10);

    private final LiveWriter writer;
    private final Health health;
    private final Room room;
    private final Ledger ledger;
    private final Reader.Work mending;
    private final Census census;
    private final Clock clock;
    private final AtomicBoolean damaged = new AtomicBoolean();

    private long mendAt = System.nanoTime();
    private long tidyAt;
    private boolean moreToTidy = true;
    private boolean walHasPages;

    /// `mending` makes the files whole again, once the writer has closed them.
    Housekeeping(LiveWriter writer, Health health, Room room, Ledger ledger, Reader.Work mending,
            Census census, Clock clock) {
        this.writer = writer;
        this.health = health;
        this.room = room;
        this.ledger = ledger;
        this.mending = mending;
        this.census = census;
        this.clock = clock;
    }

    /// Takes the room that a full disk will need; the disk may be full already.
    void begin() throws IOException {
        if (!room.isThere()) {
            health.enter(Health.State.FULL, "the disk is full");
        }
    }

    /// How long the committer may wait for something to write.
    Duration pause() {
        return health.state() != Health.State.FINE ? TROUBLED_PAUSE : moreToTidy ? TIDY_PAUSE : IDLE_PAUSE;
    }

    /// A batch was written.
    void written() {
        walHasPages = true;
    }

    /// Someone came upon pages that are not what was written; may be called by any thread.
    void cameUpon(SQLException e) {
        if (Trouble.isCorruption(e)) {
            damaged.set(true);
        }
    }

    void keep() {
        try {
            if (damaged.get() && System.nanoTime() - mendAt >= 0) {
                mend();
            }
            switch (health.state()) {
                case FINE -> tidy();
                case FAILING -> {
                    if (health.isToBeTriedAgain()) {
                        health.recover();
                    }
                }
                case FULL -> {
                    if (health.isToBeTriedAgain()) {
                        findRoom();
                    }
                }
            }
        } catch (SQLException e) {
            LOG.atError().setCause(e).log("Journal could not remove old deliveries");
            cameUpon(e);
            trouble(Trouble.of(e) == Trouble.FULL ? Health.State.FULL : Health.State.FAILING,
                    "the disk fails: " + e.getMessage());
        } catch (IOException e) {
            LOG.atError().setCause(e).log("Journal could not look for room");
            health.enter(Health.State.FULL, health.trouble().why());
        }
    }

    private void mend() {
        damaged.set(false);
        mendAt = System.nanoTime() + MEND_PAUSE.toNanos();
        health.enter(Health.State.FAILING, "the journal is damaged and being mended");
        writer.close();
        try {
            mending.run();
            census.take(writer.get().lookups());
            health.wait(Duration.ZERO);
        } catch (SQLException | IOException e) {
            LOG.atError().addKeyValue("triedAgainAfter", MEND_PAUSE).setCause(e)
                    .log("Journal is damaged and could not be mended");
            writer.close();
        }
    }

    private void tidy() throws SQLException {
        if (System.nanoTime() - tidyAt >= 0) {
            moreToTidy = room.tidy(writer.get(), clock.millis(), ledger);
            tidyAt = System.nanoTime() + (moreToTidy ? TIDY_PAUSE : IDLE_PAUSE).toNanos();
        }
    }

    private void findRoom() throws SQLException, IOException {
        if (!room.isThere()) {
            room.makeSome(writer.get(), ledger);
            if (!room.isThere()) {
                health.wait(TROUBLED_PAUSE);
                return;
            }
        }
        health.recover();
        LOG.atInfo().log("Journal has room again");
    }

    /// The disk did not do what it should: appends are refused from now on, the connection is closed.
    void trouble(Health.State next, String reason) {
        health.enter(next, reason);
        writer.close();
        if (next == Health.State.FULL) {
            try {
                room.giveUpBallast();
            } catch (IOException e) {
                LOG.atError().setCause(e).log("Journal could not give up its ballast");
            }
        }
    }

    /// Folds the WAL back into the database, when nothing else is to be done.
    void checkpoint() {
        if (!walHasPages) {
            return;
        }
        walHasPages = false;
        try {
            writer.get().execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            // The pages stay in the WAL, from where they are read as well; the next checkpoint takes them along.
            LOG.atWarn().setCause(e).log("Journal could not fold back its WAL");
            cameUpon(e);
        }
    }
}
