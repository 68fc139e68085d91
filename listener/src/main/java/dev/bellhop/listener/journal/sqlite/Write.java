package dev.bellhop.listener.journal.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.bellhop.engine.event.Event;
import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.Tried;

/// One thing that waits for the committer.
sealed interface Write {
    /// About what it weighs, in bytes, while it waits.
    default long weight() {
        return 0;
    }

    /// Store an accepted event. `handOver` are its deliveries, ready to be tried.
    record Append(StoredEvent event, List<StoredDelivery> deliveries, List<Delivery> handOver, long weight,
            CompletableFuture<Appended> answer) implements Write {
        static Append of(Event event, List<StoredDelivery> deliveries) {
            var stored = StoredEvent.of(event);
            var handOver = deliveries.stream()
                    .map(d -> new Delivery(d.id(), event, d.listener(), d.trigger(), d.triggerUid(),
                            d.extensionTree().orElseThrow(), 1))
                    .toList();
            long weight = stored.weight() + memory(event)
                    + deliveries.stream().mapToInt(StoredDelivery::weight).sum();
            return new Append(stored, deliveries, handOver, weight, new CompletableFuture<>());
        }

        /// About what an event weighs in memory: a parsed tree takes several times its text.
        static long memory(Event event) {
            return 4_096 + 8L * event.body().bytes().length;
        }

        /// Stores it with `seq` and as many following as it has deliveries.
        void store(Writer writer, long seq, long acceptedAt) throws SQLException {
            writer.insert(seq, event, deliveries.size());
            for (int i = 0; i < deliveries.size(); i++) {
                writer.insert(seq + i, seq, deliveries.get(i), acceptedAt);
            }
        }

        List<DeliveryId> ids() {
            return deliveries.stream().map(StoredDelivery::id).toList();
        }
    }

    /// Store what one try gave.
    record Settle(ReadyQueue.Entry entry, Tried tried, CompletableFuture<Void> answer) implements Write {}

    /// Mark a delivery as corrupt, so that it is not offered again.
    record SetAside(ReadyQueue.Entry entry, String why) implements Write {}

    /// Nothing to store, but something to do: the ready queue is hungry, or the journal closes.
    record Wake() implements Write {}
}
