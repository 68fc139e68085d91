package dev.bellhop.listener.journal.postgres;

import java.time.Clock;
import java.time.Instant;

/// Takes the test's clock for the database's.
final class OwnTime extends DatabaseClock {
    OwnTime(Clock own) {
        super(own);
    }

    @Override
    void measured(Instant database, Instant before, Instant after) {
        // The test says what time it is.
    }
}
