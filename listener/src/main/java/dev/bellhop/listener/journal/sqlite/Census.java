package dev.bellhop.listener.journal.sqlite;

import java.sql.SQLException;
import java.util.HashMap;

import dev.bellhop.listener.journal.Backlog.Waiting;
import dev.bellhop.listener.journal.Lane;
import dev.bellhop.listener.journal.intake.Ledger;
import dev.bellhop.listener.journal.ready.ReadyQueue;

/// Counts what is stored: when the journal begins, and when its file was made anew.
final class Census {
    private final Ledger ledger;
    private final ReadyQueue ready;

    Census(Ledger ledger, ReadyQueue ready) {
        this.ledger = ledger;
        this.ready = ready;
    }

    void take(Lookups lookups) throws SQLException {
        var unfinished = new HashMap<Lane, Waiting>();
        for (var lane : lookups.unfinishedByLane()) {
            unfinished.put(lane.lane(), new Waiting(lane.deliveries(), lane.bytes()));
            ready.addLater(lane.lane(), lane.due());
        }
        var kept = new HashMap<String, Waiting>();
        for (var tenant : lookups.finishedByTenant()) {
            kept.put(tenant.tenant(), new Waiting(tenant.deliveries(), tenant.bytes()));
        }
        ledger.counted(unfinished);
        ledger.countedKept(kept);
    }
}
