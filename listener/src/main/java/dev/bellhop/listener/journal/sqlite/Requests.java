package dev.bellhop.listener.journal.sqlite;

import java.sql.SQLException;
import java.util.Optional;

import dev.bellhop.listener.journal.Cancellation;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.Redelivery;
import dev.bellhop.listener.journal.ready.Ready;
import dev.bellhop.listener.journal.stored.Standing;

/// What people ask of a journal: to deliver again, to deliver anew, not to deliver.
final class Requests {
    private final Transaction transaction;
    private final Lookups lookups;

    Requests(Transaction transaction, Lookups lookups) {
        this.transaction = transaction;
        this.lookups = lookups;
    }

    void redeliver(Write.Redeliver request) throws SQLException {
        var row = lookups.row(request.id());
        var answer = row.isEmpty()
                ? new Redelivery.NotFound()
                : request.anew() ? replay(row.get(), request.by()) : redeliver(row.get(), request.by());
        transaction.then(() -> request.answer().complete(answer));
    }

    private Redelivery redeliver(DeliveryRow row, String by) throws SQLException {
        var id = row.delivery().id();
        return switch (row.summary().state()) {
            case DEAD, CANCELLED -> {
                transaction.reopen(row, by);
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
        var replay = original.replayedAs(lookups.nextId(original.id().event()));
        long seq = transaction.insert(row.event(), replay, row.bytes(), Standing.pending(transaction.now(), 0),
                Optional.empty(), Optional.of(by));
        transaction.offer(Ready.stored(replay.lane(), seq, replay.id(), replay.concurrencyKey(), row.bytes()));
        return new Redelivery.Queued(replay.id());
    }

    void cancel(Write.Cancel request) throws SQLException {
        var row = lookups.row(request.id());
        var answer = row.isEmpty() ? new Cancellation.NotFound() : cancel(row.get(), request.by());
        transaction.then(() -> request.answer().complete(answer));
    }

    private Cancellation cancel(DeliveryRow row, String by) throws SQLException {
        var id = row.delivery().id();
        if (row.standing().state().isFinished()) {
            return new Cancellation.Refused(id + " is finished: " + row.standing().state());
        }
        return transaction.cancel(row, "request", "cancelled by " + by, Optional.of(by))
                ? new Cancellation.Cancelled()
                : new Cancellation.Refused(id + " is being tried now; cancel it when this try has ended");
    }
}
