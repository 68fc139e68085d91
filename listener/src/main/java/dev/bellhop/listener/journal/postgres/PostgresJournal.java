package dev.bellhop.listener.journal.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

import dev.bellhop.listener.journal.Accepted;
import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.Backlog;
import dev.bellhop.listener.journal.Cancellation;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryHistory;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryPage;
import dev.bellhop.listener.journal.DeliveryQuery;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.JournalStatus;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Redelivery;
import dev.bellhop.listener.journal.Remembered;
import dev.bellhop.listener.journal.Tried;
import dev.bellhop.listener.journal.intake.Counts;
import dev.bellhop.listener.journal.intake.Damages;
import dev.bellhop.listener.journal.intake.Ledger;
import dev.bellhop.listener.journal.intake.Patience;
import dev.bellhop.listener.journal.intake.Write;
import dev.bellhop.listener.journal.ready.Ready;
import dev.bellhop.listener.journal.ready.ReadyQueue;
import dev.bellhop.listener.journal.stored.MemoryReader;
import dev.bellhop.listener.journal.stored.RowReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A journal in a database that several replicas share, and with it the work.
public final class PostgresJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresJournal.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final long READ_AGAIN_MILLIS = 1_000;
    /// Few, so that a replica does not sit on what another could do.
    private static final int PER_LANE = 128;

    /// A number tells when its row was accepted; clocks that were set back make it tell a later time.
    private static final RowReader.Narrowing NARROWING = new RowReader.Narrowing(
            "d.event IN (SELECT seq FROM event WHERE id=?)", "d.seq>=?*" + (1L << Sequence.SHIFT),
            "d.seq<(?+" + TimeUnit.DAYS.toMillis(1) + ")*" + (1L << Sequence.SHIFT), "CROSS JOIN LATERAL (%s) c");

    private final PostgresSettings settings;
    private final ReadyQueue ready;
    private final DatabaseClock clock;
    private final Health health = new Health();
    private final Ledger ledger = new Ledger();
    private final Counts counts = new Counts();
    private final Damages damages = new Damages(counts.corrupt());
    private final Lease lease;
    private final Committer committer;
    private final Patience patience;
    private final Census census;
    private final Link forWorkers;
    private final Link forPeople;
    private final AtomicBoolean closed = new AtomicBoolean();

    private PostgresJournal(PostgresSettings settings, DatabaseClock clock) {
        this.settings = settings;
        this.clock = clock;
        var connections = new Connections(settings);
        var commits = new ReentrantLock();
        ready = new ReadyQueue(settings.handOverBytes(), PER_LANE);
        lease = new Lease(connections, settings.replica(), settings.lease(), clock);
        committer = new Committer(new Link(connections), health,
                new Transaction.Shared(ready, ledger, counts, clock, lease, new Sequence()), commits);
        patience = new Patience(settings.commitPatience(),
                new Appended.Unavailable("the database is slow", RETRY_AFTER));
        census = new Census(connections, ledger, ready, lease, clock, settings.retention(), commits);
        forWorkers = new Link(connections);
        forPeople = new Link(connections);
    }

    /// Opens the journal in the database of `settings`, or begins one there. Times are the database's; `clock` need not show
    /// the same.
    ///
    /// @throws IOException when there is no such database, or it cannot be what a journal needs
    public static PostgresJournal open(PostgresSettings settings, Clock clock) throws IOException {
        return open(settings, new DatabaseClock(clock));
    }

    static PostgresJournal open(PostgresSettings settings, DatabaseClock clock) throws IOException {
        try (var connection = new Connections(settings).open()) {
            ServerCheck.check(connection);
            Schema.migrate(connection);
        } catch (SQLException e) {
            throw new IOException("cannot open the journal at " + settings.place() + ": " + e.getMessage(), e);
        }
        var journal = new PostgresJournal(settings, clock);
        try {
            journal.lease.start();
            journal.census.start();
            journal.committer.start();
            journal.patience.start();
        } catch (SQLException e) {
            journal.abandon();
            throw new IOException("cannot read the journal at " + settings.place() + ": " + e.getMessage(), e);
        }
        LOG.atInfo()
                .addKeyValue("database", settings.place())
                .addKeyValue("replica", journal.lease.id())
                .addKeyValue("unfinished", journal.ledger.unfinished().deliveries())
                .addKeyValue("finished", journal.ledger.kept().deliveries())
                .log("Journal opened");
        return journal;
    }

    @Override
    public CompletionStage<Appended> append(Accepted accepted) {
        var refusal = refusal();
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        var append = Write.Append.of(accepted);
        patience.watch(append.answer());
        committer.submit(append);
        return append.answer();
    }

    /// Why nothing new is taken now.
    private Optional<Appended.Unavailable> refusal() {
        var refusal = health.refusal();
        return refusal.isEmpty() && counts.queuedBytes().get() >= settings.maxQueuedBytes()
                ? Optional.of(new Appended.Unavailable("too much waits for the database", RETRY_AFTER))
                : refusal;
    }

    private CompletionStage<Appended> refused(Appended.Unavailable refusal) {
        counts.refused().incrementAndGet();
        return CompletableFuture.completedStage(refusal);
    }

    @Override
    public List<Delivery> claim(int max, Gate gate, Duration patience) throws InterruptedException {
        if (!lease.isHeld()) {
            // Others may have taken over what waits here.
            TimeUnit.NANOSECONDS.sleep(Math.min(patience.toNanos(), settings.lease().dividedBy(8).toNanos()));
            return List.of();
        }
        var claimed = new ArrayList<Delivery>();
        for (var entry : ready.take(max, gate, patience, clock, committer::refill)) {
            var delivery = entry.inMemory().or(() -> read(entry));
            delivery.ifPresentOrElse(claimed::add, () -> gate.leave(entry.lane(), entry.concurrencyKey()));
        }
        return claimed;
    }

    private Optional<Delivery> read(Ready entry) {
        try {
            return switch (forWorkers.reading(connection -> reader(connection).load(entry.seq()))) {
                case RowReader.Loaded.Intact(var delivery) -> Optional.of(delivery);
                case RowReader.Loaded.Corrupt(var why) -> {
                    LOG.atError().addKeyValue("delivery", entry.id()).addKeyValue("why", why)
                            .log("Delivery is corrupt and set aside");
                    committer.submit(new Write.SetAside(entry, why));
                    yield Optional.empty();
                }
            };
        } catch (SQLException e) {
            LOG.atError().addKeyValue("delivery", entry.id()).setCause(e).log("Delivery cannot be read now");
            ready.giveBack(entry, clock.millis() + READ_AGAIN_MILLIS);
            committer.freeStrays();
            return Optional.empty();
        }
    }

    private MemoryReader memory(Connection connection) {
        return new MemoryReader(connection, damages::found);
    }

    private RowReader reader(Connection connection) {
        return new RowReader(connection, NARROWING, damages::found);
    }

    @Override
    public void gateChanged() {
        ready.gateChanged();
    }

    @Override
    public void progress(DeliveryId id, List<ObjectRef> created) {
        var kept = List.copyOf(created);
        ready.claimed(id).ifPresent(entry -> committer.submit(new Write.Progress(entry, kept)));
    }

    @Override
    public CompletionStage<Void> settle(Tried tried) {
        var id = tried.delivery().id();
        var entry = ready.claimed(id);
        if (entry.isEmpty()) {
            return CompletableFuture.failedStage(
                    new IllegalStateException("delivery " + id + " is not claimed, or was settled already"));
        }
        var settle = new Write.Settle(entry.get(), tried, new CompletableFuture<>());
        committer.submit(settle);
        return settle.answer();
    }

    @Override
    public CompletionStage<Redelivery> redeliver(DeliveryId id, String by) {
        return request(new Write.Redeliver(id, by, false, new CompletableFuture<>()));
    }

    @Override
    public CompletionStage<Redelivery> replay(DeliveryId id, String by) {
        return request(new Write.Redeliver(id, by, true, new CompletableFuture<>()));
    }

    private CompletionStage<Redelivery> request(Write.Redeliver redeliver) {
        committer.submit(redeliver);
        return redeliver.answer();
    }

    @Override
    public CompletionStage<Cancellation> cancel(DeliveryId id, String by) {
        var cancel = new Write.Cancel(id, by, new CompletableFuture<>());
        committer.submit(cancel);
        return cancel.answer();
    }

    @Override
    public Backlog backlog() {
        return ledger;
    }

    @Override
    public CompletionStage<Void> remember(Remembered changes) {
        return hand(Write.Remember.of(changes));
    }

    @Override
    public CompletionStage<Void> forget(String source) {
        return hand(new Write.Forget(source, new CompletableFuture<>()));
    }

    private CompletionStage<Void> hand(Write.Memory write) {
        refusal().ifPresentOrElse(write::refuse, () -> committer.submit(write));
        return write.answer();
    }

    @Override
    public Optional<byte[]> recall(String source, String key) {
        return reading(connection -> memory(connection).read(source, key));
    }

    @Override
    public void recallAll(String source, String prefix, BiConsumer<String, byte[]> each) {
        var left = Optional.of(MemoryReader.Range.of(prefix));
        while (left.isPresent()) {
            var range = left.get();
            var page = reading(connection -> memory(connection).page(source, range));
            page.entries().forEach(entry -> each.accept(entry.key(), entry.value()));
            left = page.next();
        }
    }

    @Override
    public Set<String> sourcesRemembered() {
        return reading(connection -> memory(connection).sources());
    }

    @Override
    public DeliveryPage list(DeliveryQuery query) {
        return reading(connection -> reader(connection).list(query));
    }

    @Override
    public Optional<DeliveryHistory> get(DeliveryId id) {
        return reading(connection -> reader(connection).get(id));
    }

    @Override
    public JournalStatus status() {
        var refusal = health.refusal();
        return new JournalStatus(refusal.isEmpty(), refusal.map(Appended.Unavailable::why),
                ledger.unfinished().deliveries(), oldestUnfinished(), ledger.kept().deliveries(),
                counts.queuedBytes().get(), ready.bytes(), counts.refused().get(), counts.corrupt().get(), 0);
    }

    /// Unknown while the database is lost: the rest of the status is what people need most then.
    private Optional<Instant> oldestUnfinished() {
        try {
            return health.isFine()
                    ? forPeople.reading(connection -> reader(connection).oldestUnfinished())
                    : Optional.empty();
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("Journal status is incomplete");
            return Optional.empty();
        }
    }

    private <T> T reading(Link.Work<T> reading) {
        try {
            return forPeople.reading(reading);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the journal at " + settings.place() + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        end(true);
    }

    /// Ends without a word to the database, as a killed process does.
    void abandon() {
        end(false);
    }

    private void end(boolean orderly) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        ready.close();
        if (orderly) {
            committer.close();
        } else {
            committer.abandon();
        }
        patience.close();
        census.close();
        lease.close(orderly);
        forWorkers.close();
        forPeople.close();
        LOG.atInfo().addKeyValue("unfinished", ledger.unfinished().deliveries()).log("Journal closed");
    }
}
