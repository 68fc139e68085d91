package dev.bellhop.listener.journal.postgres;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// The database's time, so that replicas agree on what is due although their own clocks differ: the own clock, and by how
/// much it is wrong. That is measured with every renewal of the lease.
class DatabaseClock extends Clock {
    private final Clock own;
    private volatile Duration ahead = Duration.ZERO;

    DatabaseClock(Clock own) {
        this.own = own;
    }

    /// The database told its time, between the own times `before` and `after`.
    void measured(Instant database, Instant before, Instant after) {
        ahead = Duration.between(before.plus(Duration.between(before, after).dividedBy(2)), database);
    }

    /// A time of the own clock, as the database's clock showed it.
    Instant databaseTime(Instant own) {
        return own.plus(ahead);
    }

    Clock own() {
        return own;
    }

    @Override
    public Instant instant() {
        return databaseTime(own.instant());
    }

    @Override
    public ZoneId getZone() {
        return own.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return own.withZone(zone);
    }
}
