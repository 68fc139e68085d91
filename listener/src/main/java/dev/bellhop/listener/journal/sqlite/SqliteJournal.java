package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
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
import dev.bellhop.listener.journal.ready.Ready;
import dev.bellhop.listener.journal.ready.ReadyQueue;
import dev.bellhop.listener.journal.intake.Counts;
import dev.bellhop.listener.journal.intake.Damages;
import dev.bellhop.listener.journal.intake.Ledger;
import dev.bellhop.listener.journal.intake.Patience;
import dev.bellhop.listener.journal.intake.Write;
import dev.bellhop.listener.journal.stored.MemoryReader;
import dev.bellhop.listener.journal.stored.RowReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A journal in a directory of this machine.
public final class SqliteJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final long READ_AGAIN_MILLIS = 1_000;

    private final SqliteSettings settings;
    private final Clock clock;
    private final JournalFiles files;
    private final ReadyQueue ready;
    private final Health health = new Health();
    private final Ledger ledger = new Ledger();
    private final Counts counts;
    private final Mender mender;
    private final Census census;
    private final Housekeeping housekeeping;
    private final Committer committer;
    private final Patience patience;
    private final Reader forWorkers;
    private final Reader forPeople;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SqliteJournal(SqliteSettings settings, Clock clock, JournalFiles files, Writer writer, Mender mender,
            Counts counts) throws SQLException {
        this.settings = settings;
        this.clock = clock;
        this.files = files;
        this.counts = counts;
        this.mender = mender;
        ready = new ReadyQueue(settings.handOverBytes());
        var room = new Room(new Ballast(files.ballast(), settings.ballastBytes()), new Pruner(settings.retention()));
        var live = new LiveWriter(files.database(), writer);
        var damages = new Damages(counts.corrupt());
        forWorkers = new Reader(files.database(), damages);
        forPeople = new Reader(files.database(), damages);
        census = new Census(files.database(), ledger, ready, this::cameUpon);
        housekeeping = new Housekeeping(live, health, room, ledger, this::mend, census, clock);
        committer = new Committer(live, health, housekeeping, ready, ledger, census, counts, clock);
        patience = new Patience(settings.commitPatience(),
                new Appended.Unavailable("the disk is slow", RETRY_AFTER));
    }

    /// Opens the journal in the directory of `settings`, or begins one. A damaged file is set aside under a name that says so,
    /// and the journal begins with what could be read of it, be it nothing: to receive is better than to stand still.
    public static SqliteJournal open(SqliteSettings settings, Clock clock) throws IOException {
        var files = JournalFiles.take(settings.directory());
        try {
            var journal = openMended(settings, clock, files);
            journal.committer.start();
            journal.patience.start();
            LOG.atInfo()
                    .addKeyValue("directory", settings.directory())
                    .addKeyValue("unfinished", journal.ledger.unfinished().deliveries())
                    .addKeyValue("finished", journal.ledger.kept().deliveries())
                    .log("Journal opened");
            return journal;
        } catch (IOException | SQLException e) {
            files.close();
            throw e instanceof IOException io
                    ? io
                    : new IOException("cannot open the journal in " + settings.directory() + ": " + e.getMessage(), e);
        }
    }

    private static SqliteJournal openMended(SqliteSettings settings, Clock clock, JournalFiles files)
            throws IOException, SQLException {
        files.makeRoomToOpen();
        var counts = new Counts();
        var mender = new Mender(files, counts, clock);
        mender.lookBeforeOpening();
        try {
            return openFile(settings, clock, files, mender, counts);
        } catch (SQLException e) {
            if (!Mender.isDamage(e)) {
                throw e;
            }
            LOG.atError().setCause(e).log("Journal cannot be opened as it is");
            mender.mend();
        }
        try {
            return openFile(settings, clock, files, mender, counts);
        } catch (SQLException e) {
            if (!Mender.isDamage(e)) {
                throw e;
            }
            LOG.atError().setCause(e).log("Journal cannot be opened with its indexes made anew either");
            mender.salvage();
            return openFile(settings, clock, files, mender, counts);
        }
    }

    private static SqliteJournal openFile(SqliteSettings settings, Clock clock, JournalFiles files, Mender mender,
            Counts counts) throws SQLException {
        var writer = new Writer(files.database());
        try {
            return new SqliteJournal(settings, clock, files, writer, mender, counts);
        } catch (SQLException e) {
            writer.close();
            throw e;
        }
    }

    private void cameUpon(SQLException e) {
        housekeeping.cameUpon(e);
    }

    private void mend() throws SQLException, IOException {
        census.await();
        forWorkers.aside(() -> forPeople.aside(mender::mend));
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
                ? Optional.of(new Appended.Unavailable("too much waits for the disk", RETRY_AFTER))
                : refusal;
    }

    private CompletionStage<Appended> refused(Appended.Unavailable refusal) {
        counts.refused().incrementAndGet();
        return CompletableFuture.completedStage(refusal);
    }

    @Override
    public List<Delivery> claim(int max, Gate gate, Duration patience) throws InterruptedException {
        var claimed = new ArrayList<Delivery>();
        for (var entry : ready.take(max, gate, patience, clock, committer::refill)) {
            var delivery = entry.inMemory().or(() -> read(entry));
            delivery.ifPresentOrElse(claimed::add, () -> gate.leave(entry.lane(), entry.concurrencyKey()));
        }
        return claimed;
    }

    private Optional<Delivery> read(Ready entry) {
        try {
            return switch (forWorkers.load(entry.seq())) {
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
            housekeeping.cameUpon(e);
            ready.giveBack(entry, clock.millis() + READ_AGAIN_MILLIS);
            return Optional.empty();
        }
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
        return reading(() -> forPeople.recall(source, key));
    }

    @Override
    public void recallAll(String source, String prefix, BiConsumer<String, byte[]> each) {
        var left = Optional.of(MemoryReader.Range.of(prefix));
        while (left.isPresent()) {
            var range = left.get();
            var page = reading(() -> forPeople.recall(source, range));
            page.entries().forEach(entry -> each.accept(entry.key(), entry.value()));
            left = page.next();
        }
    }

    @Override
    public Set<String> sourcesRemembered() {
        return reading(forPeople::sourcesRemembered);
    }

    @Override
    public DeliveryPage list(DeliveryQuery query) {
        return reading(() -> forPeople.list(query));
    }

    @Override
    public Optional<DeliveryHistory> get(DeliveryId id) {
        return reading(() -> forPeople.get(id));
    }

    @Override
    public JournalStatus status() {
        var refusal = health.refusal();
        return new JournalStatus(refusal.isEmpty(), refusal.map(Appended.Unavailable::why),
                ledger.unfinished().deliveries(), reading(forPeople::oldestUnfinished), ledger.kept().deliveries(),
                counts.queuedBytes().get(),
                ready.bytes(), counts.refused().get(), counts.corrupt().get(), counts.quarantined().get());
    }

    private interface Reading<T> {
        T read() throws SQLException;
    }

    private <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (SQLException e) {
            housekeeping.cameUpon(e);
            throw new IllegalStateException(
                    "the journal in " + settings.directory() + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        ready.close();
        committer.close();
        census.await();
        patience.close();
        try (files; forPeople; forWorkers) {
            LOG.atInfo().addKeyValue("unfinished", ledger.unfinished().deliveries()).log("Journal closed");
        } catch (IOException | SQLException e) {
            LOG.atWarn().setCause(e).log("Journal could not close its files");
        }
    }
}
