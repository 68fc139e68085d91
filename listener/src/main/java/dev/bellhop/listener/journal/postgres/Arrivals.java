package dev.bellhop.listener.journal.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.Concurrency;
import dev.bellhop.listener.journal.DedupKey;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.Stored;
import dev.bellhop.listener.journal.intake.Write;
import dev.bellhop.listener.journal.ready.Ready;
import dev.bellhop.listener.journal.stored.Standing;
import dev.bellhop.listener.journal.stored.StoredDelivery;

/// New events, stored within one transaction. The database itself says what is a duplicate, so that it does not matter at
/// which replica the first arrived.
final class Arrivals {
    /// What takes a dedup key may be gone when we look who it was, and another may be quicker then.
    private static final int LOOKS = 5;
    private static final Comparator<Begun> BY_DEDUP_KEY = Comparator
            .comparing((Begun one) -> one.arrival().delivery().triggerUid())
            .thenComparing(one -> one.arrival().delivery().dedup().map(DedupKey::value).orElse(""))
            .thenComparingLong(one -> one.beginning().seq());

    private final Transaction transaction;
    private final Rows rows;
    private final Lookups lookups;
    private final Map<DeliveryId, Optional<DeliveryId>> originals = new HashMap<>();

    Arrivals(Transaction transaction, Rows rows, Lookups lookups) {
        this.transaction = transaction;
        this.rows = rows;
        this.lookups = lookups;
    }

    /// A text without what PostgreSQL cannot store.
    static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    static String superseded(DeliveryId newer) {
        return "superseded by " + newer;
    }

    private record Arrival(Write.Append append, StoredDelivery delivery, long seq, long event) {
        Optional<Concurrency> picky() {
            return delivery.concurrency().filter(one -> one.policy() != Concurrency.Policy.QUEUE);
        }

        long bytes() {
            return append.stored().weight() + (long) delivery.weight();
        }
    }

    void store(List<Write.Append> appends) throws SQLException {
        var events = new ArrayList<Rows.NewEvent>();
        var arrivals = new ArrayList<Arrival>();
        for (var append : appends) {
            long event = 0;
            for (var delivery : append.deliveries()) {
                long seq = transaction.nextSeq();
                event = event == 0 ? seq : event;
                arrivals.add(new Arrival(append, delivery, seq, event));
            }
            events.add(new Rows.NewEvent(event, append.stored(), append.deliveries().size()));
        }
        rows.insertEvents(events);
        rows.lock(arrivals.stream().filter(one -> one.picky().isPresent()).map(one -> new Rows.Key(
                one.delivery().triggerUid(), one.picky().orElseThrow().key())).toList(),
                transaction.now().toEpochMilli());
        insert(arrivals.stream().filter(one -> one.picky().isEmpty()).toList());
        for (var arrival : arrivals) {
            if (arrival.picky().isPresent()) {
                insertPicky(arrival, arrival.picky().get());
            }
        }
        appends.forEach(this::answer);
    }

    private void answer(Write.Append append) {
        var all = append.deliveries().stream().map(StoredDelivery::id)
                .map(id -> new Stored(id, originals.getOrDefault(id, Optional.empty()))).toList();
        transaction.then(() -> append.answer().complete(new Appended.Durable(all)));
    }

    /// Those whose concurrency key means nothing to older ones. Dedup keys in one order everywhere: two replicas that take
    /// the same ones wait for each other only one way.
    private void insert(List<Arrival> arrivals) throws SQLException {
        var all = new ArrayList<Begun>();
        for (var arrival : arrivals) {
            boolean ours = arrival.delivery().concurrency().isEmpty()
                    && transaction.reserve(arrival.delivery().lane());
            var standing = Standing.pending(transaction.now(), 0);
            all.add(new Begun(arrival, beginning(arrival, standing, Optional.empty(), ours)));
        }
        var sorted = all.stream().sorted(BY_DEDUP_KEY).toList();
        var inserted = rows.insert(sorted.stream().map(Begun::beginning).toList());
        var conflicts = new HashSet<Long>();
        for (int i = 0; i < inserted.length; i++) {
            if (!inserted[i]) {
                conflicts.add(sorted.get(i).beginning().seq());
            }
        }
        for (var one : all) {
            if (conflicts.contains(one.beginning().seq())) {
                insertAfterConflict(one.arrival(), one.beginning());
            } else {
                began(one.arrival(), one.beginning());
            }
        }
    }

    private record Begun(Arrival arrival, Rows.Beginning beginning) {}

    /// Another has the dedup key: this is its duplicate, or takes its place when it is too long ago.
    private void insertAfterConflict(Arrival arrival, Rows.Beginning beginning) throws SQLException {
        for (int left = LOOKS; left > 0; left--) {
            var original = original(arrival.delivery());
            var next = original.isPresent() ? duplicate(arrival, original.get()) : beginning;
            if (rows.insert(List.of(next))[0]) {
                began(arrival, next);
                return;
            }
        }
        throw new SQLException("the dedup key of " + arrival.delivery().id() + " changes hands too fast", "40001");
    }

    private Rows.Beginning duplicate(Arrival arrival, DeliveryId original) {
        originals.put(arrival.delivery().id(), Optional.of(original));
        return beginning(arrival, Standing.ended(DeliveryState.DUPLICATE, 0, transaction.now(), "dedup",
                "the same as " + original), Optional.of(original), false);
    }

    private Optional<DeliveryId> original(StoredDelivery delivery) throws SQLException {
        if (delivery.dedup().isEmpty()) {
            return Optional.empty();
        }
        var key = delivery.dedup().get();
        var live = lookups.live(delivery.triggerUid(), key.value());
        if (live.isPresent() && live.get().acceptedAt() <= transaction.now().minus(key.window()).toEpochMilli()) {
            lookups.retire(live.get());
            return Optional.empty();
        }
        return live.map(Lookups.Live::id);
    }

    /// One whose concurrency key cancels others, or itself because of others. Its key is locked.
    private void insertPicky(Arrival arrival, Concurrency key) throws SQLException {
        var original = original(arrival.delivery());
        var next = original.isPresent()
                ? duplicate(arrival, original.get())
                : beginning(arrival, standing(arrival.delivery(), key), Optional.empty(), false);
        if (rows.insert(List.of(next))[0]) {
            began(arrival, next);
        } else {
            insertAfterConflict(arrival, next);
        }
    }

    private Standing standing(StoredDelivery delivery, Concurrency key) throws SQLException {
        var older = lookups.unfinished(delivery.triggerUid(), key.key());
        if (key.policy() == Concurrency.Policy.DROP_NEWER && !older.isEmpty()) {
            return Standing.ended(DeliveryState.CANCELLED, 0, transaction.now(), "concurrency",
                    "dropped because " + older.getFirst().delivery().id() + " is unfinished");
        }
        if (key.policy() == Concurrency.Policy.CANCEL_OLDER) {
            for (var row : older) {
                transaction.cancel(row, "concurrency", superseded(delivery.id()), Optional.empty());
            }
        }
        return Standing.pending(transaction.now(), 0);
    }

    private Rows.Beginning beginning(Arrival arrival, Standing standing, Optional<DeliveryId> original, boolean ours) {
        return new Rows.Beginning(arrival.seq(), arrival.event(), arrival.delivery(),
                transaction.now().toEpochMilli(), arrival.bytes(), standing, original, Optional.empty(),
                ours ? Optional.of(transaction.owner()) : Optional.empty());
    }

    private void began(Arrival arrival, Rows.Beginning beginning) {
        var delivery = arrival.delivery();
        transaction.began(beginning, new Ready(delivery.lane(), arrival.seq(), delivery.id(),
                delivery.concurrencyKey(), arrival.bytes(), delivery.delivery(arrival.append().event(), 1, List.of()),
                arrival.append().memory()));
    }
}
