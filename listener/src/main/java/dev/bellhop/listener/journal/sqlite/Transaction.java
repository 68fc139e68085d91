package dev.bellhop.listener.journal.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.Concurrency;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.Lane;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Stored;
import dev.bellhop.listener.journal.Tried;
import dev.bellhop.listener.journal.ready.Ready;
import dev.bellhop.listener.journal.ready.ReadyQueue;
import dev.bellhop.listener.journal.stored.FailedTries;
import dev.bellhop.listener.journal.stored.MemoryChanges;
import dev.bellhop.listener.journal.stored.Standing;
import dev.bellhop.listener.journal.stored.StoredDelivery;
import dev.bellhop.listener.journal.intake.Counts;
import dev.bellhop.listener.journal.intake.Ledger;
import dev.bellhop.listener.journal.intake.Requests;
import dev.bellhop.listener.journal.intake.Write;
import dev.bellhop.listener.journal.stored.DeliveryRow;

/// Stores what the committer took in one go, and remembers what follows from it: that is carried out when it is on disk, or
/// undone when the disk did not take it.
final class Transaction implements Requests.Rows {
    private final Writer out;
    private final ReadyQueue ready;
    private final Ledger ledger;
    private final Counts counts;
    private final Instant now;
    private final List<Runnable> consequences = new ArrayList<>();
    private final List<DeliveryId> withdrawn = new ArrayList<>();
    /// What this transaction cancels although it began in it, and what ended its try in it.
    private final Set<DeliveryId> cancelled = new HashSet<>();
    private final Set<DeliveryId> settled = new HashSet<>();
    private final MemoryChanges memory = new MemoryChanges();
    private long nextSeq;

    Transaction(Writer out, ReadyQueue ready, Ledger ledger, Counts counts, Instant now, long nextSeq) {
        this.out = out;
        this.ready = ready;
        this.ledger = ledger;
        this.counts = counts;
        this.now = Instant.ofEpochMilli(now.toEpochMilli());
        this.nextSeq = nextSeq;
    }

    void store(Write write) throws SQLException {
        switch (write) {
            case Write.Append append -> append(append);
            case Write.Settle settle -> settle(settle);
            case Write.Progress(var entry, var created) -> out.created(entry.seq(), created);
            case Write.SetAside(var entry, var why) -> setAside(entry, why);
            case Write.Redeliver redeliver -> new Requests(this).redeliver(redeliver);
            case Write.Cancel cancel -> new Requests(this).cancel(cancel);
            case Write.Remember(var changes, _, var answer) -> {
                memory.add(changes);
                then(() -> answer.complete(null));
            }
            case Write.Forget(var source, var answer) -> {
                memory.forget(source);
                then(() -> answer.complete(null));
            }
            case Write.Wake _ -> {
                // Nothing to store.
            }
        }
    }

    /// Stores what is stored once for all, after the last write.
    void finish() throws SQLException {
        out.remember(memory);
    }

    /// It is on disk.
    void carryOut() {
        consequences.forEach(Runnable::run);
    }

    /// It is not.
    void undo() {
        withdrawn.forEach(ready::putBack);
    }

    /// The first that was not used.
    long nextSeq() {
        return nextSeq;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Optional<DeliveryRow> row(DeliveryId id) throws SQLException {
        return out.lookups().row(id);
    }

    @Override
    public DeliveryId nextId(EventId event) throws SQLException {
        return out.lookups().nextId(event);
    }

    @Override
    public void insertReplay(DeliveryRow original, StoredDelivery replay, String by) throws SQLException {
        long seq = insert(original.event(), replay, original.bytes(), Standing.pending(now, 0), Optional.empty(),
                Optional.of(by));
        offer(Ready.stored(replay.lane(), seq, replay.id(), replay.concurrencyKey(), original.bytes()));
    }

    @Override
    public void then(Runnable consequence) {
        consequences.add(consequence);
    }

    private void append(Write.Append append) throws SQLException {
        long event = nextSeq;
        out.insert(event, append.stored(), append.deliveries().size());
        long share = append.memory();
        var all = new ArrayList<Stored>();
        for (var delivery : append.deliveries()) {
            var original = original(delivery);
            long bytes = append.stored().weight() + (long) delivery.weight();
            var standing = original.isPresent()
                    ? Standing.ended(DeliveryState.DUPLICATE, 0, now, "dedup", "the same as " + original.get())
                    : beginning(delivery);
            long seq = insert(event, delivery, bytes, standing, original, Optional.empty());
            if (standing.state() == DeliveryState.PENDING) {
                offer(new Ready(delivery.lane(), seq, delivery.id(), delivery.concurrencyKey(), bytes,
                        delivery.delivery(append.event(), 1, List.of()), share));
            }
            all.add(new Stored(delivery.id(), original));
        }
        append.remembered().ifPresent(memory::add);
        then(() -> append.answer().complete(new Appended.Durable(all)));
    }

    private Optional<DeliveryId> original(StoredDelivery delivery) throws SQLException {
        var key = delivery.dedup();
        return key.isEmpty()
                ? Optional.empty()
                : out.lookups().original(delivery.triggerUid(), key.get().value(),
                        now.toEpochMilli() - key.get().window().toMillis());
    }

    /// Where a delivery that is no duplicate begins, after its concurrency key had its effect.
    private Standing beginning(StoredDelivery delivery) throws SQLException {
        if (delivery.concurrency().isPresent()) {
            var key = delivery.concurrency().get();
            switch (key.policy()) {
                case QUEUE -> {
                    // The ready queue lets one run at a time.
                }
                case CANCEL_OLDER -> {
                    for (var older : out.lookups().unfinished(delivery.triggerUid(), key.key())) {
                        cancel(older, "concurrency", superseded(delivery.id()), Optional.empty());
                    }
                }
                case DROP_NEWER -> {
                    var older = out.lookups().unfinished(delivery.triggerUid(), key.key());
                    if (!older.isEmpty()) {
                        return Standing.ended(DeliveryState.CANCELLED, 0, now, "concurrency",
                                "dropped because " + older.getFirst().delivery().id() + " is unfinished");
                    }
                }
            }
        }
        return Standing.pending(now, 0);
    }

    private static String superseded(DeliveryId newer) {
        return "superseded by " + newer;
    }

    /// Inserts a delivery and counts it; returns its seq.
    private long insert(long event, StoredDelivery delivery, long bytes, Standing standing,
            Optional<DeliveryId> duplicateOf,
            Optional<String> requestedBy) throws SQLException {
        long seq = nextSeq++;
        out.insert(new Writer.Beginning(seq, event, delivery, now.toEpochMilli(), bytes, standing, duplicateOf,
                requestedBy));
        if (standing.state().isFinished()) {
            then(() -> ledger.kept(delivery.lane().tenant(), 1, bytes));
        } else {
            then(() -> ledger.unfinished(delivery.lane(), 1, bytes));
        }
        return seq;
    }

    /// Puts a new delivery in line, unless a later one of the same transaction cancels it.
    private void offer(Ready entry) {
        then(() -> {
            if (!cancelled.contains(entry.id())) {
                ready.add(entry, now.toEpochMilli());
            }
        });
    }

    @Override
    public boolean cancel(DeliveryRow row, String step, String why, Optional<String> by) throws SQLException {
        var id = row.delivery().id();
        if (!settled.contains(id)) {
            if (!ready.withdraw(id)) {
                return false;
            }
            withdrawn.add(id);
        }
        cancelled.add(id);
        out.stand(row.seq(), Standing.ended(DeliveryState.CANCELLED, row.standing().attempts(), now, step, why), by);
        then(() -> {
            ready.release(id);
            finished(row.delivery().lane(), row.bytes());
        });
        return true;
    }

    @Override
    public void reopen(DeliveryRow row, String by) throws SQLException {
        var lane = row.delivery().lane();
        cancelled.remove(row.delivery().id());
        out.reopen(row.seq(), Standing.pending(now, row.standing().attempts()), by);
        then(() -> {
            ledger.kept(lane.tenant(), -1, -row.bytes());
            ledger.unfinished(lane, 1, row.bytes());
            ready.addLater(lane, now.toEpochMilli());
        });
    }

    private void settle(Write.Settle settle) throws SQLException {
        var entry = settle.ready();
        var tried = settle.tried();
        var standing = Standing.after(tried);
        var failed = failed(tried);
        if (failed.isPresent()) {
            var newer = newer(settle);
            if (newer.isPresent()) {
                standing = Standing.ended(DeliveryState.CANCELLED, standing.attempts(), now, "concurrency",
                        superseded(newer.get()));
            }
            out.failed(entry.seq(), FailedTries.of(tried.delivery().attempt(), tried.startedAt(), tried.endedAt(),
                    failed.get().step(), failed.get().why()));
        }
        // None when the row was lost, and counted as such, while this one ran.
        int changed = out.settle(entry.seq(), standing, tried.outcome().created());
        settled.add(entry.id());
        var after = standing;
        then(() -> {
            ready.release(entry.id());
            if (after.state().isFinished()) {
                if (changed > 0) {
                    finished(entry.lane(), entry.bytes());
                }
            } else {
                ready.addLater(entry.lane(), after.due());
            }
            settle.answer().complete(null);
        });
    }

    private record Failure(String step, String why) {}

    private static Optional<Failure> failed(Tried tried) {
        return switch (tried.outcome()) {
            case Outcome.Done _ -> Optional.empty();
            case Outcome.RetryAt(_, var step, var why, _) -> Optional.of(new Failure(step, why));
            case Outcome.Dead(var step, var why, _) -> Optional.of(new Failure(step, why));
        };
    }

    /// The one that takes the place of a delivery which is to be tried again although newer ones cancel it.
    private Optional<DeliveryId> newer(Write.Settle settle) throws SQLException {
        var delivery = settle.tried().delivery();
        boolean wouldRetry = settle.tried().outcome() instanceof Outcome.RetryAt;
        var key = delivery.concurrency().filter(one -> one.policy() == Concurrency.Policy.CANCEL_OLDER);
        return wouldRetry && key.isPresent()
                ? out.lookups().newer(delivery.triggerUid(), key.get().key(), settle.ready().seq())
                : Optional.empty();
    }

    private void setAside(Ready entry, String why) throws SQLException {
        int changed = out.setAside(entry.seq(), Standing.ended(DeliveryState.CORRUPT, 0, now, "journal", why));
        then(() -> {
            ready.release(entry.id());
            if (changed > 0) {
                counts.corrupt().incrementAndGet();
                finished(entry.lane(), entry.bytes());
            }
        });
    }

    private void finished(Lane lane, long bytes) {
        ledger.unfinished(lane, -1, -bytes);
        ledger.kept(lane.tenant(), 1, bytes);
    }
}
