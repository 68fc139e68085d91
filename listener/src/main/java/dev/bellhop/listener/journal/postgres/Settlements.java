package dev.bellhop.listener.journal.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.bellhop.listener.journal.Concurrency;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Tried;
import dev.bellhop.listener.journal.intake.Write;
import dev.bellhop.listener.journal.stored.FailedTries;
import dev.bellhop.listener.journal.stored.Standing;

/// What tries gave, stored within one transaction. What is said of a delivery that another replica has taken over is refused.
final class Settlements {
    private final Transaction transaction;
    private final Rows rows;
    private final Lookups lookups;

    Settlements(Transaction transaction, Rows rows, Lookups lookups) {
        this.transaction = transaction;
        this.rows = rows;
        this.lookups = lookups;
    }

    void store(List<Write.Settle> settles) throws SQLException {
        lockKeys(settles);
        var settled = new ArrayList<Rows.Settled>();
        for (var settle : settles) {
            settled.add(new Rows.Settled(settle.ready().seq(), standing(settle), settle.tried().outcome().created(),
                    transaction.owner()));
        }
        var changed = rows.settle(settled);
        var failures = new ArrayList<Rows.Failure>();
        var refused = new ArrayList<Long>();
        for (int i = 0; i < changed.length; i++) {
            var settle = settles.get(i);
            var standing = settled.get(i).standing();
            if (changed[i] == 1 || rows.stands(settle.ready().seq(), standing)) {
                failed(settle.tried()).ifPresent(failure -> failures.add(failure(settle, failure)));
                transaction.ended(settle.ready().id());
                then(settle, standing);
            } else {
                refused.add(settle.ready().seq());
                refuse(settle);
            }
        }
        rows.failed(failures);
        // Where it was taken over and came back to us, it is to be tried anew.
        rows.free(refused, transaction.owner());
    }

    private void lockKeys(List<Write.Settle> settles) throws SQLException {
        var keys = settles.stream().filter(Settlements::givesWay).map(Write.Settle::tried).map(Tried::delivery)
                .map(delivery -> new Rows.Key(delivery.triggerUid(), delivery.concurrency().orElseThrow().key()))
                .toList();
        rows.lock(keys, transaction.now().toEpochMilli());
    }

    /// Whether a newer one of its key takes its place instead of its next try.
    private static boolean givesWay(Write.Settle settle) {
        return settle.tried().outcome() instanceof Outcome.RetryAt && settle.tried().delivery().concurrency()
                .filter(one -> one.policy() == Concurrency.Policy.CANCEL_OLDER).isPresent();
    }

    private Standing standing(Write.Settle settle) throws SQLException {
        var clock = transaction.shared().clock();
        var tried = settle.tried();
        var outcome = switch (tried.outcome()) {
            case Outcome.Done done -> done;
            case Outcome.RetryAt(var due, var step, var why, var created) ->
                new Outcome.RetryAt(clock.databaseTime(due), step, Arrivals.storable(why), created);
            case Outcome.Dead(var step, var why, var created) ->
                new Outcome.Dead(step, Arrivals.storable(why), created);
        };
        var standing = Standing.after(new Tried(tried.delivery(), clock.databaseTime(tried.startedAt()),
                clock.databaseTime(tried.endedAt()), outcome));
        var newer = newer(settle);
        return newer.isEmpty()
                ? standing
                : Standing.ended(DeliveryState.CANCELLED, standing.attempts(), transaction.now(), "concurrency",
                        Arrivals.superseded(newer.get()));
    }

    private Optional<DeliveryId> newer(Write.Settle settle) throws SQLException {
        var delivery = settle.tried().delivery();
        return givesWay(settle)
                ? lookups.newer(delivery.triggerUid(), delivery.concurrency().orElseThrow().key(),
                        settle.ready().seq())
                : Optional.empty();
    }

    private record Failed(String step, String why) {}

    private static Optional<Failed> failed(Tried tried) {
        return switch (tried.outcome()) {
            case Outcome.Done _ -> Optional.empty();
            case Outcome.RetryAt(_, var step, var why, _) -> Optional.of(new Failed(step, why));
            case Outcome.Dead(var step, var why, _) -> Optional.of(new Failed(step, why));
        };
    }

    private Rows.Failure failure(Write.Settle settle, Failed failed) {
        var tried = settle.tried();
        var clock = transaction.shared().clock();
        return new Rows.Failure(settle.ready().seq(), FailedTries.of(tried.delivery().attempt(),
                clock.databaseTime(tried.startedAt()), clock.databaseTime(tried.endedAt()), failed.step(),
                Arrivals.storable(failed.why())));
    }

    private void then(Write.Settle settle, Standing standing) {
        var entry = settle.ready();
        var ready = transaction.shared().ready();
        transaction.then(() -> {
            ready.release(entry.id());
            if (standing.state().isFinished()) {
                transaction.finished(entry.lane(), entry.bytes());
            } else {
                ready.addLater(entry.lane(), standing.due());
            }
            if (entry.concurrencyKey().isPresent()) {
                // The next of its key may be stored only.
                ready.addLater(entry.lane(), transaction.now().toEpochMilli());
            }
            settle.answer().complete(null);
        });
    }

    private void refuse(Write.Settle settle) {
        var entry = settle.ready();
        var ready = transaction.shared().ready();
        transaction.then(() -> {
            ready.release(entry.id());
            ready.addLater(entry.lane(), transaction.now().toEpochMilli());
            settle.answer().completeExceptionally(new IllegalStateException("delivery " + entry.id()
                    + " is not claimed any more: this replica's lease ended, and another took it over"));
        });
    }
}
