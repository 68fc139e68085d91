package dev.bellhop.listener.journal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.ready.Ready;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The deliveries that this replica holds in the database: takes what the ready queue has room for, and lets go of what the
/// queue does not know. For the committer's thread.
final class Holdings {
    private static final Logger LOG = LoggerFactory.getLogger(Holdings.class);
    private static final int MOST_LANES = 64;

    private final Link link;
    private final Transaction.Shared shared;

    Holdings(Link link, Transaction.Shared shared) {
        this.link = link;
        this.shared = shared;
    }

    /// Takes what is due and free, for some of the lanes that have room; returns those whose id the disk has changed, which
    /// are ours and in no queue.
    List<Ready> claim() throws SQLException {
        var ready = shared.ready();
        long now = shared.clock().millis();
        var lanes = ready.hungry(now);
        var some = lanes.size() > MOST_LANES ? lanes.subList(0, MOST_LANES) : lanes;
        if (some.isEmpty()) {
            return List.of();
        }
        var taken = link.inTransaction(connection -> {
            var claims = new Claims(connection, shared.lease().id(), now);
            var all = new ArrayList<Claims.Taken>();
            for (var lane : some) {
                all.add(claims.take(lane, ready.refillSize(lane)));
            }
            return all;
        });
        var unreadable = new ArrayList<Ready>();
        for (var lane : taken) {
            ready.refill(lane.lane(), lane.refill());
            unreadable.addAll(lane.unreadable());
        }
        return unreadable;
    }

    /// Frees the rows that are ours and that the ready queue does not know of.
    void freeStrays() throws SQLException {
        link.inTransaction(connection -> {
            var strays = strays(connection);
            new Rows(connection).free(strays, shared.lease().id());
            return strays.size();
        });
    }

    private List<Long> strays(Connection connection) throws SQLException {
        var found = new ArrayList<Long>();
        try (var statement = connection.prepareStatement("SELECT seq,id FROM delivery WHERE owner=?")) {
            statement.setString(1, shared.lease().id());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (!DeliveryId.read(rows.getString(2)).map(shared.ready()::isHeld).orElse(false)) {
                        found.add(rows.getLong(1));
                    }
                }
            }
        }
        return found;
    }

    /// The lease was lost: what waits here belongs to others. What runs is refused when it is settled.
    void beginAnew() throws SQLException {
        shared.ready().forgetQueued();
        shared.lease().begin();
        LOG.atInfo().addKeyValue("replica", shared.lease().id()).log("Journal has a new lease");
    }
}
