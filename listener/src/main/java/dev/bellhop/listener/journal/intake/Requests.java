package dev.bellhop.listener.journal.intake;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.Cancellation;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.Redelivery;
import dev.bellhop.listener.journal.stored.DeliveryRow;
import dev.bellhop.listener.journal.stored.StoredDelivery;

/// What people ask of a journal: to deliver again, to deliver anew, not to deliver.
public final class Requests {
    private final Rows rows;

    /// Carries them out in `rows`.
    public Requests(Rows rows) {
        this.rows = rows;
    }

    /// What an engine does for them, within one transaction.
    public interface Rows {
        /// Of the transaction.
        Instant now();

        /// The delivery of this name.
        Optional<DeliveryRow> row(DeliveryId id) throws SQLException;

        /// What the next delivery of an event is called.
        DeliveryId nextId(EventId event) throws SQLException;

        /// Inserts a delivery of the original's event that is due now.
        void insertReplay(DeliveryRow original, StoredDelivery replay, String by) throws SQLException;

        /// A dead or cancelled delivery is due again.
        void reopen(DeliveryRow row, String by) throws SQLException;

        /// Cancels an unfinished delivery; false when it runs now.
        boolean cancel(DeliveryRow row, String step, String why, Optional<String> by) throws SQLException;

        /// What follows when it is on disk.
        void then(Runnable consequence);
    }

    /// Delivers again, or anew.
    public void redeliver(Write.Redeliver request) throws SQLException {
        var row = rows.row(request.id());
        var answer = row.isEmpty()
                ? new Redelivery.NotFound()
                : request.anew() ? replay(row.get(), request.by()) : redeliver(row.get(), request.by());
        rows.then(() -> request.answer().complete(answer));
    }

    private Redelivery redeliver(DeliveryRow row, String by) throws SQLException {
        var id = row.delivery().id();
        return switch (row.summary().state()) {
            case DEAD, CANCELLED -> {
                rows.reopen(row, by);
                yield new Redelivery.Queued(id);
            }
            case PENDING, RETRYING -> new Redelivery.Refused(id + " is unfinished: it is tried anyway");
            case DONE -> new Redelivery.Refused(id + " is done; replay it to deliver its event anew");
            case DUPLICATE -> new Redelivery.Refused(
                    id + " is a duplicate; replay it to deliver its event all the same");
            case CORRUPT -> new Redelivery.Refused(id + " is corrupt: what was received is not known any more");
        };
    }

    private Redelivery replay(DeliveryRow row, String by) throws SQLException {
        var original = row.delivery();
        var state = row.summary().state();
        if (state == DeliveryState.CORRUPT) {
            return new Redelivery.Refused(
                    original.id() + " is corrupt: what was received is not known any more");
        }
        if (!state.isFinished()) {
            return new Redelivery.Refused(original.id() + " is unfinished: it is tried anyway");
        }
        var replay = original.replayedAs(rows.nextId(original.id().event()));
        rows.insertReplay(row, replay, by);
        return new Redelivery.Queued(replay.id());
    }

    /// Does not deliver.
    public void cancel(Write.Cancel request) throws SQLException {
        var row = rows.row(request.id());
        var answer = row.isEmpty() ? new Cancellation.NotFound() : cancel(row.get(), request.by());
        rows.then(() -> request.answer().complete(answer));
    }

    private Cancellation cancel(DeliveryRow row, String by) throws SQLException {
        var id = row.delivery().id();
        if (row.standing().state().isFinished()) {
            return new Cancellation.Refused(id + " is finished: " + row.standing().state());
        }
        return rows.cancel(row, "request", "cancelled by " + by, Optional.of(by))
                ? new Cancellation.Cancelled()
                : new Cancellation.Refused(id + " is being tried now; cancel it when this try has ended");
    }
}
