package dev.bellhop.listener.journal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.Lane;
import dev.bellhop.listener.journal.intake.Counts;
import dev.bellhop.listener.journal.intake.Ledger;
import dev.bellhop.listener.journal.intake.Requests;
import dev.bellhop.listener.journal.intake.Write;
import dev.bellhop.listener.journal.ready.Ready;
import dev.bellhop.listener.journal.ready.ReadyQueue;
import dev.bellhop.listener.journal.stored.DeliveryRow;
import dev.bellhop.listener.journal.stored.MemoryChanges;
import dev.bellhop.listener.journal.stored.Standing;
import dev.bellhop.listener.journal.stored.StoredDelivery;

/// Stores what the committer took in one go, kind by kind, and remembers what follows from it: that is carried out when it
/// is stored, or undone when it is not.
final class Transaction implements Requests.Rows {
    private final Connection connection;
    private final Rows rows;
    private final Lookups lookups;
    private final Shared shared;
    private final Instant now;
    private final List<Runnable> consequences = new ArrayList<>();
    private final List<DeliveryId> withdrawn = new ArrayList<>();
    /// What this transaction cancels although it began in it, and what ended its try in it.
    private final Set<DeliveryId> cancelled = new HashSet<>();
    private final Set<DeliveryId> settled = new HashSet<>();
    private final Map<Lane, Integer> places = new HashMap<>();

    /// What the journal's parts share.
    record Shared(ReadyQueue ready, Ledger ledger, Counts counts, DatabaseClock clock, Lease lease,
            Sequence sequence) {}

    Transaction(Connection connection, Shared shared) {
        this.connection = connection;
        rows = new Rows(connection);
        lookups = new Lookups(connection);
        this.shared = shared;
        now = Instant.ofEpochMilli(shared.clock().millis());
    }

    /// Attempts end before others begin, so that what is free in this transaction is found by the rest of it.
    void store(List<Write> batch) throws SQLException {
        var progress = new ArrayList<Rows.Progress>();
        var settles = new ArrayList<Write.Settle>();
        var appends = new ArrayList<Write.Append>();
        var memory = new MemoryChanges();
        for (var write : batch) {
            switch (write) {
                case Write.Progress(var entry, var created) ->
                    progress.add(new Rows.Progress(entry.seq(), created, owner()));
                case Write.Settle settle -> settles.add(settle);
                case Write.Append append -> {
                    appends.add(append);
                    append.remembered().ifPresent(memory::add);
                }
                case Write.Remember(var changes, _, var answer) -> {
                    memory.add(changes);
                    then(() -> answer.complete(null));
                }
                case Write.Forget(var source, var answer) -> {
                    memory.forget(source);
                    then(() -> answer.complete(null));
                }
                case Write.SetAside _,Write.Request _,Write.Wake _ -> {
                    // Below, one by one.
                }
            }
        }
        rows.created(progress);
        new Settlements(this, rows, lookups).store(settles);
        new Arrivals(this, rows, lookups).store(appends);
        memory.store(connection);
        for (var write : batch) {
            switch (write) {
                case Write.SetAside(var entry, var why) -> setAside(entry, why);
                case Write.Redeliver redeliver -> new Requests(this).redeliver(redeliver);
                case Write.Cancel cancel -> new Requests(this).cancel(cancel);
                case Write.Append _,Write.Settle _,Write.Progress _,Write.Memory _,Write.Wake _ -> {
                    // Above, all at once.
                }
            }
        }
    }

    /// It is stored.
    void carryOut() {
        consequences.forEach(Runnable::run);
    }

    /// It is not; returns whether deliveries that are ours left the queue by it.
    boolean undo() {
        withdrawn.forEach(shared.ready()::putBack);
        return !withdrawn.isEmpty();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void then(Runnable consequence) {
        consequences.add(consequence);
    }

    Shared shared() {
        return shared;
    }

    String owner() {
        return shared.lease().id();
    }

    long nextSeq() {
        return shared.sequence().next(now.toEpochMilli(), shared.lease().slot());
    }

    /// Whether a new delivery of this lane is ours from the start. The others are for whoever has room.
    boolean reserve(Lane lane) {
        if (!shared.lease().isHeld()) {
            return false;
        }
        int left = places.computeIfAbsent(lane, one -> shared.ready().places(one, now.toEpochMilli()));
        places.put(lane, Math.max(0, left - 1));
        return left > 0;
    }

    /// A new delivery is stored: puts it in line, unless a later step of this transaction cancels it.
    void began(Rows.Beginning beginning, Ready entry) {
        var lane = entry.lane();
        if (beginning.standing().state().isFinished()) {
            then(() -> shared.ledger().kept(lane.tenant(), 1, beginning.bytes()));
            return;
        }
        then(() -> {
            shared.ledger().unfinished(lane, 1, beginning.bytes());
            if (cancelled.contains(entry.id())) {
                return;
            }
            if (beginning.owner().isPresent()) {
                shared.ready().addHeld(entry);
            } else {
                shared.ready().addLater(lane, now.toEpochMilli());
            }
        });
    }

    /// A try has ended in this transaction.
    void ended(DeliveryId id) {
        settled.add(id);
    }

    @Override
    public Optional<DeliveryRow> row(DeliveryId id) throws SQLException {
        return lookups.row(id);
    }

    @Override
    public DeliveryId nextId(EventId event) throws SQLException {
        return lookups.nextId(event);
    }

    @Override
    public void insertReplay(DeliveryRow original, StoredDelivery replay, String by) throws SQLException {
        long seq = nextSeq();
        var beginning = new Rows.Beginning(seq, original.event(), replay, now.toEpochMilli(), original.bytes(),
                Standing.pending(now, 0), Optional.empty(), Optional.of(by), Optional.empty());
        rows.insert(List.of(beginning));
        began(beginning, Ready.stored(replay.lane(), seq, replay.id(), replay.concurrencyKey(), original.bytes()));
    }

    @Override
    public boolean cancel(DeliveryRow row, String step, String why, Optional<String> by) throws SQLException {
        var id = row.delivery().id();
        if (!settled.contains(id)) {
            if (!shared.ready().withdraw(id)) {
                return false;
            }
            withdrawn.add(id);
        }
        var standing = Standing.ended(DeliveryState.CANCELLED, row.standing().attempts(), now, step, why);
        if (rows.cancel(row.seq(), standing, by, owner()) == 0) {
            // Another replica holds it, and may be trying it.
            then(() -> shared.ready().release(id));
            return false;
        }
        cancelled.add(id);
        then(() -> {
            shared.ready().release(id);
            finished(row.delivery().lane(), row.bytes());
        });
        return true;
    }

    @Override
    public void reopen(DeliveryRow row, String by) throws SQLException {
        var lane = row.delivery().lane();
        cancelled.remove(row.delivery().id());
        rows.reopen(row.seq(), Standing.pending(now, row.standing().attempts()), by);
        then(() -> {
            shared.ledger().kept(lane.tenant(), -1, -row.bytes());
            shared.ledger().unfinished(lane, 1, row.bytes());
            shared.ready().addLater(lane, now.toEpochMilli());
        });
    }

    private void setAside(Ready entry, String why) throws SQLException {
        int changed = rows.setAside(entry.seq(), Standing.ended(DeliveryState.CORRUPT, 0, now, "journal", why),
                owner());
        then(() -> {
            shared.ready().release(entry.id());
            if (changed > 0) {
                shared.counts().corrupt().incrementAndGet();
                finished(entry.lane(), entry.bytes());
            }
        });
    }

    /// A delivery is unfinished no more.
    void finished(Lane lane, long bytes) {
        shared.ledger().unfinished(lane, -1, -bytes);
        shared.ledger().kept(lane.tenant(), 1, bytes);
    }
}
