package dev.bellhop.listener.journal.intake;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.bellhop.engine.event.Event;
import dev.bellhop.listener.journal.Accepted;
import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.Cancellation;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.NotRemembered;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Redaction;
import dev.bellhop.listener.journal.Redelivery;
import dev.bellhop.listener.journal.Remembered;
import dev.bellhop.listener.journal.Tried;
import dev.bellhop.listener.journal.ready.Ready;
import dev.bellhop.listener.journal.stored.StoredDelivery;
import dev.bellhop.listener.journal.stored.StoredEvent;

/// One thing that waits for the committer.
public sealed interface Write {
    /// About what it weighs, in bytes, while it waits.
    default long weight() {
        return 0;
    }

    /// Whether it is work that is not begun yet, which may be refused.
    default boolean isNewWork() {
        return switch (this) {
            case Append _,Request _,Memory _ -> true;
            case Settle _,Progress _,SetAside _,Wake _ -> false;
        };
    }

    /// Whether nothing is to be stored for it: it only woke the committer, or its sender has been told "unavailable" meanwhile.
    default boolean isMoot() {
        return switch (this) {
            case Append append -> append.answer().isDone();
            case Settle _,Progress _,SetAside _,Request _,Memory _ -> false;
            case Wake _ -> true;
        };
    }

    /// Tells whoever waits for it that it failed by a fault of ours.
    default void fail(Exception e) {
        // Nobody waits; the log tells it.
    }

    /// Store an accepted event.
    record Append(Event event, StoredEvent stored, List<StoredDelivery> deliveries,
            Optional<Remembered> remembered, long weight, CompletableFuture<Appended> answer) implements Write {
        /// As it is to be stored: without credentials.
        public static Append of(Accepted accepted) {
            var event = asStored(accepted.event());
            var deliveries = IntStream.range(0, accepted.deliveries().size())
                    .mapToObj(i -> StoredDelivery.of(DeliveryId.of(event.id(), i + 1), accepted.deliveries().get(i)))
                    .toList();
            var stored = StoredEvent.of(event);
            long weight = stored.weight() + memory(stored)
                    + deliveries.stream().mapToInt(StoredDelivery::weight).sum()
                    + accepted.remembered().map(Remembered::weight).orElse(0L);
            return new Append(event, stored, deliveries, accepted.remembered(), weight, new CompletableFuture<>());
        }

        /// Every try sees the event as the first after a restart would.
        private static Event asStored(Event event) {
            var kept = Redaction.of(event);
            return new Event(kept.id(), kept.receivedAt().truncatedTo(ChronoUnit.MILLIS), kept.method(),
                    // Not every store keeps such a character; no server lets it pass either.
                    kept.requestUrl().replace("\0", "%00"), kept.headers(), kept.body(), kept.origin());
        }

        /// About what the event weighs in memory.
        public long memory() {
            return memory(stored);
        }

        /// A parsed tree takes several times its text.
        private static long memory(StoredEvent stored) {
            return 4_096 + 8L * stored.size();
        }

        @Override
        public void fail(Exception e) {
            answer.completeExceptionally(e);
        }
    }

    /// Store what one try gave.
    record Settle(Ready ready, Tried tried, CompletableFuture<Void> answer) implements Write {
        @Override
        public void fail(Exception e) {
            answer.completeExceptionally(e);
        }
    }

    /// Store what a try made so far.
    record Progress(Ready ready, List<ObjectRef> created) implements Write {}

    /// Mark a delivery as corrupt, so that it is not offered again.
    record SetAside(Ready ready, String why) implements Write {}

    /// Change what a source remembers.
    sealed interface Memory extends Write {
        /// Whose memory it is.
        String source();

        /// Completes when it is stored.
        CompletableFuture<Void> answer();

        /// It cannot be done now.
        default void refuse(Appended.Unavailable why) {
            answer().completeExceptionally(new NotRemembered(source(), why));
        }

        @Override
        default void fail(Exception e) {
            answer().completeExceptionally(e);
        }
    }

    /// Store what a source remembers from now on.
    record Remember(Remembered changes, long weight, CompletableFuture<Void> answer) implements Memory {
        public static Remember of(Remembered changes) {
            return new Remember(changes, changes.weight(), new CompletableFuture<>());
        }

        @Override
        public String source() {
            return changes.source();
        }
    }

    /// Remove all that a source remembers.
    record Forget(String source, CompletableFuture<Void> answer) implements Memory {}

    /// What a person asks for.
    sealed interface Request extends Write {
        /// It cannot be done now.
        void refuse(String why);
    }

    /// Make a delivery due again, or its event anew.
    record Redeliver(DeliveryId id, String by, boolean anew, CompletableFuture<Redelivery> answer) implements Request {
        @Override
        public void refuse(String why) {
            answer.complete(new Redelivery.Refused(why));
        }

        @Override
        public void fail(Exception e) {
            answer.completeExceptionally(e);
        }
    }

    /// Do not try a delivery any more.
    record Cancel(DeliveryId id, String by, CompletableFuture<Cancellation> answer) implements Request {
        @Override
        public void refuse(String why) {
            answer.complete(new Cancellation.Refused(why));
        }

        @Override
        public void fail(Exception e) {
            answer.completeExceptionally(e);
        }
    }

    /// Nothing to store, but something to do: the ready queue is hungry, or the journal closes.
    record Wake() implements Write {}
}
