package dev.bellhop.listener.journal.postgres;

import static dev.bellhop.listener.journal.Samples.accepted;
import static dev.bellhop.listener.journal.Samples.append;
import static dev.bellhop.listener.journal.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.Cancellation;
import dev.bellhop.listener.journal.Concurrency;
import dev.bellhop.listener.journal.DedupKey;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryQuery;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.ManualClock;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.RetentionLimits;
import dev.bellhop.listener.journal.Samples;
import dev.bellhop.listener.journal.Stored;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What several replicas do with one database.
class ReplicasIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LEASE = Duration.ofSeconds(2);

    @RegisterExtension
    final EmptyDatabase database = new EmptyDatabase();

    private final ManualClock clock = new ManualClock();
    private final List<PostgresJournal> opened = new ArrayList<>();

    private PostgresJournal open(String replica) throws IOException {
        return open(replica, RetentionLimits.DEFAULT);
    }

    private PostgresJournal open(String replica, RetentionLimits retention) throws IOException {
        var plain = PostgresServer.settings(database.url());
        var journal = PostgresJournal.open(new PostgresSettings(plain.url(), plain.login(), replica,
                plain.maxQueuedBytes(), plain.handOverBytes(), SOON, LEASE, _ -> retention), new OwnTime(clock));
        opened.add(journal);
        return journal;
    }

    @AfterEach
    void closeAll() {
        opened.forEach(PostgresJournal::close);
    }

    private Delivery claimOne(Journal journal) throws InterruptedException {
        return journal.claim(1, Gate.OPEN, SOON).getFirst();
    }

    private Stored send(Journal journal, Optional<DedupKey> dedup, Optional<Concurrency> concurrency) {
        var accepted = Samples.keyed(event(clock, "hello"), "team-a/build", dedup, concurrency);
        return ((Appended.Durable) Samples.await(journal.append(accepted))).deliveries().getFirst();
    }

    @Test
    void severalThatStartAtOnceOnAnEmptyDatabaseAllDo() throws Exception {
        try (var threads = Executors.newFixedThreadPool(5)) {
            var settings = PostgresServer.settings(database.url());
            var journals = threads.invokeAll(IntStream.range(0, 5)
                    .<Callable<PostgresJournal>>mapToObj(_ -> () -> PostgresJournal.open(settings, new OwnTime(clock)))
                    .toList());
            for (var journal : journals) {
                opened.add(journal.get());
            }
        }

        append(opened.getFirst(), accepted(event(clock, "hello"), "team-a/build"));
        assertThat(opened.getLast().list(DeliveryQuery.newest(10)).deliveries()).hasSize(1);
    }

    @Test
    void shareTheWorkAndRunEachDeliveryOnce() throws Exception {
        var a = open("a");
        var b = open("b");
        int all = 3_000;
        var seen = ConcurrentHashMap.<DeliveryId>newKeySet();
        var twice = ConcurrentHashMap.<DeliveryId>newKeySet();
        var counts = List.of(new AtomicInteger(), new AtomicInteger());
        var workers = new ArrayList<Thread>();
        for (int i = 0; i < 2; i++) {
            var journal = List.of(a, b).get(i);
            var count = counts.get(i);
            for (int worker = 0; worker < 4; worker++) {
                workers.add(Thread.ofPlatform().start(() -> {
                    try {
                        while (seen.size() < all) {
                            for (var delivery : journal.claim(16, Gate.OPEN, Duration.ofMillis(100))) {
                                if (!seen.add(delivery.id())) {
                                    twice.add(delivery.id());
                                }
                                count.incrementAndGet();
                                Samples.settle(journal, clock, delivery, new Outcome.Done(List.of()));
                            }
                        }
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
        }
        // All arrive at one of them.
        IntStream.range(0, all).mapToObj(i -> a.append(accepted(event(clock, "n" + i), "team-" + i % 5 + "/build")))
                .toList().forEach(stage -> assertThat(Samples.await(stage)).isInstanceOf(Appended.Durable.class));
        for (var worker : workers) {
            worker.join();
        }

        assertThat(twice).isEmpty();
        assertThat(seen).hasSize(all);
        assertThat(counts.get(1).get()).as("the other's share").isGreaterThan(all / 20);
        await().untilAsserted(() -> assertThat(b.status().unfinished()).isZero());
    }

    @Test
    void aDeadReplicasWorkGoesToAnother() throws Exception {
        var dies = open("dies");
        var lives = open("lives");
        var ids = new ArrayList<DeliveryId>();
        for (int i = 0; i < 10; i++) {
            ids.addAll(append(dies, accepted(event(clock, "n" + i), "team-a/build")));
        }
        claimOne(dies);
        assertThat(lives.claim(10, Gate.OPEN, Duration.ofMillis(200))).isEmpty();
        dies.abandon();

        var taken = new ArrayList<DeliveryId>();
        while (taken.size() < 10) {
            var some = lives.claim(10, Gate.OPEN, SOON);
            assertThat(some).isNotEmpty();
            some.forEach(delivery -> taken.add(delivery.id()));
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aReplicaThatLostItsLeaseIsNotHeededAndBeginsAnew() throws Exception {
        var slow = open("slow");
        var id = append(slow, accepted(event(clock, "hello"), "team-a/build")).getFirst();
        var late = claimOne(slow);
        append(slow, accepted(event(clock, "waits"), "team-a/test"));
        endLeases();
        var other = open("other");
        var again = claimOne(other);
        while (!again.id().equals(id)) {
            Samples.settle(other, clock, again, new Outcome.Done(List.of()));
            again = claimOne(other);
        }

        assertThatThrownBy(() -> Samples.settle(slow, clock, late, new Outcome.Dead("act", "late", List.of())))
                .hasStackTraceContaining("is not claimed any more");
        slow.progress(id, List.of());
        Samples.settle(other, clock, again, new Outcome.Done(List.of()));
        assertThat(other.get(id).orElseThrow().summary().state()).isEqualTo(DeliveryState.DONE);
        assertThat(other.get(id).orElseThrow().failures()).isEmpty();
        // It lives on under another name.
        other.close();
        append(slow, accepted(event(clock, "next"), "team-b/build"));
        await().atMost(SOON).until(() -> slow.claim(10, Gate.OPEN, Duration.ofMillis(100)).stream()
                .anyMatch(delivery -> delivery.tenant().equals("team-b")));
    }

    /// As another replica does with one that gave no sign of life.
    private void endLeases() throws Exception {
        try (var connection = PostgresServer.connect(database.url());
                var statement = connection.createStatement()) {
            statement.execute("UPDATE delivery SET owner=NULL,running_key=NULL");
            statement.execute("DELETE FROM replica");
        }
    }

    @Test
    void whatAReplicaStoresAfterItsLeaseEndedIsNotStranded() throws Exception {
        var slow = open("slow");
        append(slow, accepted(event(clock, "hello"), "team-a/build"));
        try (var connection = PostgresServer.connect(database.url());
                var statement = connection.createStatement()) {
            // It wrote while another ended its lease, and was killed before it could notice.
            statement.execute("DELETE FROM replica");
        }
        slow.abandon();

        assertThat(open("other").claim(1, Gate.OPEN, SOON)).hasSize(1);
    }

    @Test
    void aDuplicateIsFoundWhereverTheFirstArrived() throws Exception {
        var a = open("a");
        var b = open("b");
        var stages = IntStream.range(0, 400).mapToObj(i -> (i % 2 == 0 ? a : b).append(Samples.keyed(
                event(clock, "n"), "team-a/build", Optional.of(new DedupKey("d" + i / 4, Duration.ofHours(1))),
                Optional.empty()))).toList();

        var first = stages.stream().map(Samples::await)
                .flatMap(answer -> ((Appended.Durable) answer).deliveries().stream())
                .filter(stored -> stored.duplicateOf().isEmpty());
        assertThat(first).hasSize(100);
        assertThat(a.list(DeliveryQuery.newest(1_000).thatAre(DeliveryState.PENDING)).deliveries()).hasSize(100);
    }

    @Test
    void oneOfAConcurrencyKeyRunsAtATimeInAllOfThem() throws Exception {
        var a = open("a");
        var b = open("b");
        int all = 60;
        for (int i = 0; i < all; i++) {
            send(i % 2 == 0 ? a : b, Optional.empty(),
                    Optional.of(new Concurrency("pr-" + i % 2, Concurrency.Policy.QUEUE)));
        }
        Set<String> running = ConcurrentHashMap.newKeySet();
        Set<String> overlaps = ConcurrentHashMap.newKeySet();
        var done = new AtomicInteger();
        var workers = IntStream.range(0, 4).mapToObj(i -> Thread.ofPlatform().start(() -> {
            var journal = i % 2 == 0 ? a : b;
            try {
                while (done.get() < all) {
                    for (var delivery : journal.claim(4, Gate.OPEN, Duration.ofMillis(100))) {
                        var key = delivery.concurrency().orElseThrow().key();
                        if (!running.add(key)) {
                            overlaps.add(delivery.id() + " " + key);
                        }
                        Thread.yield();
                        running.remove(key);
                        Samples.settle(journal, clock, delivery, new Outcome.Done(List.of()));
                        done.incrementAndGet();
                    }
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        })).toList();
        for (var worker : workers) {
            worker.join();
        }

        assertThat(overlaps).isEmpty();
        assertThat(done).hasValue(all);
    }

    @Test
    void aNewerOneCancelsOrIsDroppedWhereverTheOlderArrived() throws Exception {
        var a = open("a");
        var b = open("b");
        var cancels = Optional.of(new Concurrency("pr-1", Concurrency.Policy.CANCEL_OLDER));
        var older = send(a, Optional.empty(), cancels).id();
        var newer = send(b, Optional.empty(), cancels).id();
        var drops = Optional.of(new Concurrency("pr-2", Concurrency.Policy.DROP_NEWER));
        send(a, Optional.empty(), drops);
        var dropped = send(b, Optional.empty(), drops).id();

        assertThat(b.get(older).orElseThrow().summary().state()).isEqualTo(DeliveryState.CANCELLED);
        assertThat(a.get(newer).orElseThrow().summary().state()).isEqualTo(DeliveryState.PENDING);
        assertThat(a.get(dropped).orElseThrow().summary().state()).isEqualTo(DeliveryState.CANCELLED);
    }

    @Test
    void whatOneReplicaTriesAnotherDoesNotCancel() throws Exception {
        var a = open("a");
        var b = open("b");
        var id = append(a, accepted(event(clock, "hello"), "team-a/build")).getFirst();
        var running = claimOne(a);

        assertThat(Samples.await(b.cancel(id, "ann"))).isInstanceOf(Cancellation.Refused.class);
        Samples.settle(a, clock, running,
                new Outcome.RetryAt(clock.instant().plusSeconds(60), "act", "busy", List.of()));
        assertThat(Samples.await(b.cancel(id, "ann"))).isInstanceOf(Cancellation.Cancelled.class);
        assertThat(a.get(id).orElseThrow().summary().state()).isEqualTo(DeliveryState.CANCELLED);
    }

    @Test
    void eachKnowsTheBacklogOfAll() throws Exception {
        var a = open("a");
        var b = open("b");
        append(a, accepted(event(clock, "hello"), "team-a/build", "team-a/test"));

        await().untilAsserted(() -> assertThat(b.backlog().ofTenant("team-a").deliveries()).isEqualTo(2));
        assertThat(a.backlog().ofTenant("team-a")).isEqualTo(b.backlog().ofTenant("team-a"));
    }

    @Test
    void removeFinishedDeliveriesOverTheLimitsOldestFirst() throws Exception {
        var limits = new RetentionLimits(Duration.ofDays(7), 20, 1 << 30);
        var a = open("a", limits);
        open("b", limits);
        var unfinished = append(a, accepted(event(clock, "kept"), "team-b/build")).getFirst();
        claimOne(a);
        for (int i = 0; i < 60; i++) {
            append(a, accepted(event(clock, "n" + i), "team-a/build", "team-a/test"));
            for (var delivery : a.claim(2, Gate.OPEN, SOON)) {
                Samples.settle(a, clock, delivery, new Outcome.Done(List.of()));
            }
        }

        await().atMost(SOON).until(() -> count("delivery WHERE state=10") == 20);
        assertThat(a.get(unfinished)).isPresent();
        assertThat(count("event")).isEqualTo(11);
        clock.advance(Duration.ofDays(8));
        await().atMost(SOON).until(() -> count("delivery") == 1);
        assertThat(count("event")).isEqualTo(1);
    }

    private long count(String table) throws Exception {
        try (var connection = PostgresServer.connect(database.url());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}
