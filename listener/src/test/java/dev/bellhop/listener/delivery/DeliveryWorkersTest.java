package dev.bellhop.listener.delivery;

import static dev.bellhop.listener.journal.Samples.accepted;
import static dev.bellhop.listener.journal.Samples.append;
import static dev.bellhop.listener.journal.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import dev.bellhop.listener.journal.Attempt;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.ManualClock;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Tried;
import dev.bellhop.listener.journal.sqlite.SqliteJournal;
import dev.bellhop.listener.journal.sqlite.SqliteSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryWorkersTest {
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Attempt DONE = new Attempt.Done(List.of(new ObjectRef("v1", "Pod", "team-a", "p", "u")));

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final ConcurrentLinkedQueue<Tried> tried = new ConcurrentLinkedQueue<>();
    private Journal journal;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(SqliteSettings.in(directory), clock);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private DeliveryWorkers start(int concurrency, DeliveryRun run) {
        var workers = new DeliveryWorkers(journal, run, RetryPolicy.DEFAULT, concurrency, clock, tried::add);
        workers.start();
        return workers;
    }

    private DeliveryId appendOne(String trigger) {
        return append(journal, accepted(event(clock, "hello"), trigger)).getFirst();
    }

    private DeliveryState state(DeliveryId id) {
        return journal.get(id).orElseThrow().summary().state();
    }

    @Test
    void recordsWhatARunMade() throws Exception {
        var workers = start(4, (_, _) -> DONE);
        var id = appendOne("team-a/build");

        await().until(() -> state(id) == DeliveryState.DONE);
        assertThat(workers.drain(GRACE)).isZero();
        assertThat(journal.get(id).orElseThrow().summary().created()).extracting(ObjectRef::name).containsExactly("p");
        assertThat(tried).extracting(Tried::outcome).hasOnlyElementsOfType(Outcome.Done.class);
    }

    @Test
    void triesAgainWhenTheDelayIsOver() throws Exception {
        var workers = start(4, (delivery, _) -> delivery.attempt() < 3
                ? new Attempt.Retry("create", "busy", Optional.of(Duration.ofSeconds(10)))
                : DONE);
        var id = appendOne("team-a/build");

        await().until(() -> state(id) == DeliveryState.RETRYING);
        assertThat(tried).hasSize(1);
        clock.advance(Duration.ofSeconds(12));
        await().until(() -> tried.size() == 2);
        clock.advance(Duration.ofSeconds(13));
        await().until(() -> state(id) == DeliveryState.DONE);
        workers.drain(GRACE);
        assertThat(journal.get(id).orElseThrow().failures()).hasSize(2);
    }

    @Test
    void givesUpAtOnceOnWhatCannotHeal() throws Exception {
        var workers = start(4, (_, _) -> new Attempt.Dead("create", "forbidden"));
        var id = appendOne("team-a/build");

        await().until(() -> state(id) == DeliveryState.DEAD);
        workers.drain(GRACE);
        assertThat(journal.get(id).orElseThrow().summary().why()).contains("forbidden");
    }

    @Test
    void survivesFaultsOfARunAndOfTheObserver() throws Exception {
        var workers = new DeliveryWorkers(journal, (delivery, _) -> {
            if (delivery.trigger().name().equals("broken")) {
                throw new StackOverflowError("deep");
            }
            return DONE;
        }, RetryPolicy.DEFAULT, 1, clock, _ -> {
            throw new IllegalStateException("observer");
        });
        workers.start();
        var broken = appendOne("team-a/broken");
        var fine = appendOne("team-a/fine");

        await().until(() -> state(fine) == DeliveryState.DONE);
        assertThat(state(broken)).isEqualTo(DeliveryState.RETRYING);
        assertThat(journal.get(broken).orElseThrow().summary().why()).contains("java.lang.StackOverflowError: deep");
        workers.drain(GRACE);
    }

    @Test
    void runsNoMoreAtOnceThanAllowedAndNoneTwice() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var seen = ConcurrentHashMap.<DeliveryId>newKeySet();
        var twice = new AtomicInteger();
        var workers = start(3, (delivery, _) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            if (!seen.add(delivery.id())) {
                twice.incrementAndGet();
            }
            Thread.yield();
            now.decrementAndGet();
            return DONE;
        });
        for (int i = 0; i < 300; i++) {
            appendOne("team-" + i % 5 + "/build");
        }

        await().until(() -> journal.status().finished() == 300);
        assertThat(workers.drain(GRACE)).isZero();
        assertThat(most.get()).isBetween(1, 3);
        assertThat(seen).hasSize(300);
        assertThat(twice.get()).isZero();
    }

    @Test
    void oneTenantsBacklogDoesNotKeepAnotherWaiting() throws Exception {
        var order = new ConcurrentLinkedQueue<String>();
        var go = new Semaphore(0);
        var workers = start(1, (delivery, _) -> {
            go.acquire();
            order.add(delivery.tenant());
            return DONE;
        });
        for (int i = 0; i < 200; i++) {
            appendOne("noisy/build");
        }
        appendOne("quiet/build");
        go.release(201);

        await().until(() -> journal.status().finished() == 201);
        workers.drain(GRACE);
        assertThat(List.copyOf(order).indexOf("quiet")).isLessThan(5);
    }

    @Test
    void drainWaitsForWhatRunsAndBeginsNothingNew() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var workers = start(1, (_, _) -> {
            begun.countDown();
            end.await();
            return DONE;
        });
        var first = appendOne("team-a/build");
        var second = appendOne("team-a/build");
        begun.await();

        var left = new java.util.concurrent.CompletableFuture<Integer>();
        Thread.startVirtualThread(() -> {
            try {
                left.complete(workers.drain(GRACE));
            } catch (InterruptedException e) {
                left.completeExceptionally(e);
            }
        });
        assertThat(left).isNotDone();
        end.countDown();

        assertThat(left.get()).isZero();
        assertThat(state(first)).isEqualTo(DeliveryState.DONE);
        assertThat(state(second)).isEqualTo(DeliveryState.PENDING);
    }

    @Test
    void whatDoesNotEndWithinTheGraceStaysInTheJournal() throws Exception {
        var begun = new CountDownLatch(1);
        var workers = start(1, (_, _) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return DONE;
        });
        var id = appendOne("team-a/build");
        begun.await();

        assertThat(workers.drain(Duration.ofMillis(10))).isEqualTo(1);
        await().until(() -> workers.running() == 0);
        journal.close();
        open();

        assertThat(state(id)).isEqualTo(DeliveryState.PENDING);
        assertThat(journal.claim(1, Gate.OPEN, GRACE)).extracting(d -> d.id()).containsExactly(id);
    }
}
