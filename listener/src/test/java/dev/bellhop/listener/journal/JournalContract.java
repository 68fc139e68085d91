package dev.bellhop.listener.journal;

import static dev.bellhop.listener.journal.Samples.accepted;
import static dev.bellhop.listener.journal.Samples.append;
import static dev.bellhop.listener.journal.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.Headers;
import org.junit.jupiter.api.Test;

/// What every journal promises, whatever is underneath: to keep, to hand out, to list. [KeysContract] says how deliveries
/// affect each other, [RequestsContract] what people may ask, [TurnsContract] who is next.
public abstract class JournalContract extends JournalFixture {
    @Test
    void handsOutEveryDeliveryOfAnEventOnce() throws Exception {
        var ids = append(journal, accepted(event(clock, "hello"), "team-a/build", "team-b/deploy"));

        var claimed = claimAll(2);

        assertThat(claimed).extracting(Delivery::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(claimed).extracting(Delivery::attempt).containsOnly(1);
        assertThat(claimed).extracting(d -> d.trigger().toString())
                .containsExactlyInAnyOrder("team-a/build", "team-b/deploy");
        assertNothingDue();
    }

    @Test
    void keepsAnAcknowledgedEventThroughARestart() throws Exception {
        var extensions = Samples.none().put("big", new java.math.BigDecimal("12345678901234567890.123456789"));
        extensions.putObject("nested").put("ä", "ö");
        var event = event(clock.instant(), "/team-a?name=build",
                Headers.of(List.of(Map.entry("X-Twice", "1"), Map.entry("X-Twice", "2"))), "grüße ".repeat(500));
        append(journal, new Accepted(event, List.of(Samples.delivery("team-a/build", extensions))));
        restart();

        var delivery = claimOne();

        assertThat(delivery.event().id()).isEqualTo(event.id());
        assertThat(delivery.event().receivedAt()).isEqualTo(event.receivedAt());
        assertThat(delivery.event().method()).isEqualTo("POST");
        assertThat(delivery.event().requestUrl()).isEqualTo("/team-a?name=build");
        assertThat(delivery.event().headers().asMap()).isEqualTo(event.headers().asMap());
        assertThat(delivery.event().body().bytes()).isEqualTo(event.body().bytes());
        assertThat(delivery.extensions()).isEqualTo(extensions);
        assertThat(delivery.door()).isEqualTo(Samples.LISTENER);
        assertThat(delivery.triggerUid()).isEqualTo("uid-build");
        assertThat(delivery.attempt()).isEqualTo(1);
    }

    @Test
    void offersWhatWasClaimedButNotSettledAgainAfterARestart() throws Exception {
        append(journal, accepted(event(clock, "hello"), "team-a/build"));
        var first = claimOne();
        restart();

        assertThat(claimOne().id()).isEqualTo(first.id());
    }

    @Test
    void neverOffersAgainWhatIsDone() throws Exception {
        var id = append(journal, accepted(event(clock, "hello"), "team-a/build")).getFirst();
        settle(claimOne(), new Outcome.Done(List.of(POD)));
        restart();

        assertNothingDue();
        assertThat(summary(id).state()).isEqualTo(DeliveryState.DONE);
        assertThat(summary(id).created()).containsExactly(POD);
        assertThat(summary(id).attempts()).isEqualTo(1);
        assertThat(summary(id).finishedAt()).contains(clock.instant());
    }

    @Test
    void offersARetryWhenItIsDueAndNotBefore() throws Exception {
        append(journal, accepted(event(clock, "hello"), "team-a/build"));
        var due = clock.instant().plusSeconds(30);
        settle(claimOne(), new Outcome.RetryAt(due, "create", "busy", List.of()));

        clock.advance(Duration.ofSeconds(29));
        assertNothingDue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(claimOne().attempt()).isEqualTo(2);
        assertNothingDue();
    }

    @Test
    void remembersARetryThroughARestart() throws Exception {
        var id = append(journal, accepted(event(clock, "hello"), "team-a/build")).getFirst();
        var due = clock.instant().plusSeconds(30);
        settle(claimOne(), new Outcome.RetryAt(due, "create", "busy", List.of()));
        restart();

        assertNothingDue();
        assertThat(summary(id).state()).isEqualTo(DeliveryState.RETRYING);
        assertThat(summary(id).dueAt()).contains(due);
        clock.advance(Duration.ofSeconds(30));
        var again = claimOne();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.event().body().json().path("text").textValue()).isEqualTo("hello");
    }

    @Test
    void keepsADeadLetterVisibleWithItsFailures() throws Exception {
        var id = append(journal, accepted(event(clock, "hello"), "team-a/build")).getFirst();
        settle(claimOne(), new Outcome.RetryAt(clock.instant(), "create", "busy", List.of()));
        settle(claimOne(), new Outcome.Dead("create", "forbidden", List.of()));
        restart();

        assertNothingDue();
        var history = journal.get(id).orElseThrow();
        assertThat(history.summary().state()).isEqualTo(DeliveryState.DEAD);
        assertThat(history.summary().step()).contains("create");
        assertThat(history.summary().why()).contains("forbidden");
        assertThat(history.failures()).extracting(DeliveryHistory.FailedTry::why).containsExactly("busy", "forbidden");
        assertThat(history.event().orElseThrow().body().json().path("text").textValue()).isEqualTo("hello");
    }

    @Test
    void forgetsTheReasonOfAFailureThatALaterTryMended() throws Exception {
        var id = append(journal, accepted(event(clock, "hello"), "team-a/build")).getFirst();
        settle(claimOne(), new Outcome.RetryAt(clock.instant(), "create", "busy", List.of()));
        settle(claimOne(), new Outcome.Done(List.of()));

        var history = journal.get(id).orElseThrow();
        assertThat(history.summary().why()).isEmpty();
        assertThat(history.summary().attempts()).isEqualTo(2);
        assertThat(history.failures()).hasSize(1);
    }

    @Test
    void refusesToSettleWhatIsNotClaimed() throws Exception {
        append(journal, accepted(event(clock, "hello"), "team-a/build"));
        var delivery = claimOne();
        settle(delivery, new Outcome.Done(List.of()));

        assertThatThrownBy(() -> settle(delivery, new Outcome.Dead("run", "late", List.of())))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasStackTraceContaining("is not claimed");
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        var ids = new ArrayList<DeliveryId>();
        for (int i = 0; i < 25; i++) {
            clock.advance(Duration.ofMillis(1));
            ids.addFirst(append(journal, accepted(event(clock, "n" + i), "team-a/build")).getFirst());
        }

        var seen = new ArrayList<DeliveryId>();
        var page = journal.list(DeliveryQuery.newest(10));
        seen.addAll(page.deliveries().stream().map(DeliverySummary::id).toList());
        while (page.next().isPresent()) {
            // What arrives meanwhile does not shift the pages.
            append(journal, accepted(event(clock, "late"), "team-a/build"));
            page = journal.list(DeliveryQuery.newest(10).before(page.next().get()));
            seen.addAll(page.deliveries().stream().map(DeliverySummary::id).toList());
        }

        assertThat(seen).isEqualTo(ids);
    }

    @Test
    void listsByTenantTriggerEventAndState() throws Exception {
        var first = event(clock, "first");
        var ids = append(journal, accepted(first, "team-a/build", "team-a/test", "team-b/build"));
        for (var delivery : claimAll(3)) {
            if (delivery.trigger().name().equals("test")) {
                settle(delivery, new Outcome.Dead("create", "forbidden", List.of()));
            } else if (delivery.tenant().equals("team-b")) {
                settle(delivery, new Outcome.Done(List.of()));
            }
        }
        var second = append(journal, accepted(event(clock, "second"), "team-a/build")).getFirst();
        var all = DeliveryQuery.newest(100);

        assertThat(listed(all.inTenant("team-a"))).containsExactly(second, ids.get(1), ids.get(0));
        assertThat(listed(all.ofTrigger("build"))).containsExactly(second, ids.get(2), ids.get(0));
        assertThat(listed(all.inTenant("team-b").ofTrigger("build"))).containsExactly(ids.get(2));
        assertThat(listed(all.ofEvent(first.id()))).containsExactly(ids.get(2), ids.get(1), ids.get(0));
        assertThat(listed(all.thatAre(DeliveryState.PENDING))).containsExactly(second, ids.get(0));
        assertThat(listed(all.thatAre(DeliveryState.DONE))).containsExactly(ids.get(2));
        assertThat(listed(all.thatAre(DeliveryState.DEAD))).containsExactly(ids.get(1));
        assertThat(listed(all.thatAre(DeliveryState.DEAD).inTenant("team-b"))).isEmpty();
    }

    @Test
    void listsTriggersOfOneNameInAllNamespaces() throws Exception {
        var ids = new ArrayList<DeliveryId>();
        for (int round = 0; round < 3; round++) {
            ids.addAll(append(journal, accepted(event(clock, "n"), "team-c/build", "team-a/build", "team-b/test",
                    "team-d/build")));
        }
        for (var delivery : claimAll(12)) {
            if (delivery.id().event().equals(ids.getFirst().event()) && !delivery.tenant().equals("team-d")) {
                settle(delivery, delivery.tenant().equals("team-a")
                        ? new Outcome.Dead("create", "forbidden", List.of())
                        : new Outcome.Done(List.of()));
            }
        }
        var builds = ids.stream().filter(id -> id.number() != 3).toList().reversed();
        var all = DeliveryQuery.newest(100).ofTrigger("build");

        assertThat(listed(all)).isEqualTo(builds);
        assertThat(listed(all.before(builds.get(3)))).isEqualTo(builds.subList(4, 9));
        assertThat(journal.list(DeliveryQuery.newest(4).ofTrigger("build")).next()).contains(builds.get(3));
        assertThat(listed(all.thatAre(DeliveryState.DEAD, DeliveryState.DONE)))
                .containsExactly(ids.get(1), ids.getFirst());
        assertThat(listed(all.thatAre(DeliveryState.PENDING, DeliveryState.RETRYING)))
                .isEqualTo(builds.subList(0, 7));
        assertThat(listed(all.from(clock.instant()))).isEqualTo(builds);
        assertThat(listed(all.to(clock.instant()))).isEmpty();
        assertThat(listed(DeliveryQuery.newest(100).ofTrigger("nobody"))).isEmpty();
    }

    @Test
    void listsByTimeAndSeveralStates() throws Exception {
        var ids = new ArrayList<DeliveryId>();
        for (int minute = 0; minute < 4; minute++) {
            ids.add(append(journal, accepted(event(clock, "n"), "team-a/build")).getFirst());
            clock.advance(Duration.ofMinutes(1));
        }
        settle(claimOne(), new Outcome.Done(List.of()));
        settle(claimOne(), new Outcome.Dead("act", "forbidden", List.of()));
        var all = DeliveryQuery.newest(100);
        var start = clock.instant().minus(Duration.ofMinutes(4));

        assertThat(listed(all.from(start.plusSeconds(60)))).containsExactly(ids.get(3), ids.get(2), ids.get(1));
        assertThat(listed(all.to(start.plusSeconds(60)))).containsExactly(ids.get(0));
        assertThat(listed(all.from(start.plusSeconds(1)).to(start.plusSeconds(121))))
                .containsExactly(ids.get(2), ids.get(1));
        assertThat(listed(all.from(clock.instant()))).isEmpty();
        assertThat(listed(all.to(start))).isEmpty();
        assertThat(listed(all.thatAre(DeliveryState.DONE, DeliveryState.DEAD)))
                .containsExactly(ids.get(1), ids.get(0));
        assertThat(listed(all.thatAre(DeliveryState.PENDING, DeliveryState.DEAD).from(start.plusSeconds(30))))
                .containsExactly(ids.get(3), ids.get(2), ids.get(1));
    }

    @Test
    void knowsNothingOfAnUnknownDelivery() {
        assertThat(journal.get(new DeliveryId("nobody.1"))).isEmpty();
        assertThat(journal.list(DeliveryQuery.newest(1)).deliveries()).isEmpty();
    }

    @Test
    void storesNoCredentials() throws Exception {
        var headers = Headers.of(List.of(Map.entry("Authorization", "Bearer s3cr3t"),
                Map.entry("X-Hub-Signature-256", "sha256=s3cr3t"), Map.entry("X-GitHub-Event", "push")));
        var id = append(journal,
                accepted(event(clock.instant(), "/?name=x&token=s3cr3t", headers, "hello"), "team-a/build")).getFirst();

        var hot = claimOne().event();
        var listed = journal.get(id).orElseThrow().event().orElseThrow();
        restart();
        var cold = claimOne().event();

        for (var event : List.of(hot, listed, cold)) {
            assertThat(event.headers().first("Authorization")).contains("redacted");
            assertThat(event.headers().first("X-Hub-Signature-256")).contains("redacted");
            assertThat(event.headers().first("X-GitHub-Event")).contains("push");
            assertThat(event.requestUrl()).isEqualTo("/?name=x&token=redacted");
        }
    }

    @Test
    void offersABacklogOnceAndInOrder() throws Exception {
        var ids = IntStream.range(0, 5_000)
                .mapToObj(i -> journal.append(accepted(event(clock, "n" + i), "team-a/build")))
                .toList()
                .stream()
                .map(Samples::await)
                .map(appended -> ((Appended.Durable) appended).ids().getFirst())
                .toList();

        var seen = new ArrayList<DeliveryId>();
        while (seen.size() < ids.size()) {
            var some = claim(100);
            assertThat(some).isNotEmpty();
            some.forEach(delivery -> {
                seen.add(delivery.id());
                journal.settle(
                        new Tried(delivery, clock.instant(), clock.instant(), new Outcome.Done(List.of())));
            });
        }

        assertThat(seen).isEqualTo(ids);
        assertNothingDue();
    }

    @Test
    void offersNothingTwiceToManyClaimers() throws Exception {
        int all = 4_000;
        var stages = IntStream.range(0, all)
                .mapToObj(i -> journal.append(accepted(event(clock, "n" + i), "team-" + i % 7 + "/build")))
                .toList();
        var seen = java.util.concurrent.ConcurrentHashMap.<DeliveryId>newKeySet();
        var twice = java.util.concurrent.ConcurrentHashMap.<DeliveryId>newKeySet();
        var done = new CountDownLatch(all);
        var claimers = IntStream.range(0, 8).mapToObj(_ -> Thread.ofPlatform().start(() -> {
            try {
                while (done.getCount() > 0) {
                    for (var delivery : journal.claim(16, Gate.OPEN, Duration.ofMillis(100))) {
                        // Every third is tried twice; that it comes again is right.
                        boolean retry = delivery.attempt() == 1 && delivery.id().hashCode() % 3 == 0;
                        if (!retry && !seen.add(delivery.id())) {
                            twice.add(delivery.id());
                        }
                        var outcome = retry
                                ? new Outcome.RetryAt(clock.instant(), "create", "busy", List.of())
                                : new Outcome.Done(List.of());
                        journal.settle(new Tried(delivery, clock.instant(), clock.instant(), outcome));
                        if (!retry) {
                            done.countDown();
                        }
                    }
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        })).toList();
        for (var claimer : claimers) {
            claimer.join();
        }

        assertThat(twice).isEmpty();
        assertThat(new HashSet<>(seen)).hasSize(all);
        stages.forEach(stage -> assertThat(Samples.await(stage)).isInstanceOf(Appended.Durable.class));
        assertNothingDue();
    }

    @Test
    void countsWhatIsUnfinished() throws Exception {
        var first = clock.instant();
        append(journal, accepted(event(clock, "hello"), "team-a/build", "team-a/test"));
        clock.advance(Duration.ofMinutes(1));
        append(journal, accepted(event(clock, "hello"), "team-a/build"));
        settle(claimOne(), new Outcome.Done(List.of()));

        for (int i = 0; i < 2; i++) {
            var status = journal.status();
            assertThat(status.accepting()).isTrue();
            assertThat(status.unfinished()).isEqualTo(2);
            assertThat(status.finished()).isEqualTo(1);
            assertThat(status.oldestUnfinished()).contains(first);
            restart();
        }
    }

    @Test
    void knowsWhatWaitsForEachTenantAndTrigger() throws Exception {
        var lane = new Lane(new ObjectName("team-a", "build"), "uid-build");
        append(journal, accepted(event(clock, "hello ".repeat(100)), "team-a/build", "team-a/test"));
        append(journal, accepted(event(clock, "hello"), "team-a/build"));
        settle(claimOne(), new Outcome.RetryAt(clock.instant().plusSeconds(60), "act", "busy", List.of()));

        for (int i = 0; i < 2; i++) {
            var backlog = journal.backlog();
            assertThat(backlog.ofTenant("team-a").deliveries()).isEqualTo(3);
            assertThat(backlog.ofLane(lane).deliveries()).isEqualTo(2);
            assertThat(backlog.ofLane(lane).bytes()).isPositive().isLessThan(backlog.ofTenant("team-a").bytes());
            assertThat(backlog.ofTenant("team-b")).isEqualTo(Backlog.Waiting.NOTHING);
            restart();
        }
        for (var delivery : claimAll(2)) {
            settle(delivery, new Outcome.Done(List.of()));
        }
        assertThat(journal.backlog().ofTenant("team-a").deliveries()).isEqualTo(1);
    }

    @Test
    void refusesEventsAfterItWasClosed() {
        journal.close();

        assertThat(Samples.await(journal.append(accepted(event(clock, "late"), "team-a/build"))))
                .isInstanceOf(Appended.Unavailable.class);
    }

    @Test
    void writesWhatItWasGivenBeforeItCloses() throws Exception {
        var stages = IntStream.range(0, 500)
                .mapToObj(i -> journal.append(accepted(event(clock, "n" + i), "team-a/build")))
                .toList();
        restart();

        assertThat(stages).allSatisfy(
                stage -> assertThat(Samples.await(stage)).isInstanceOf(Appended.Durable.class));
        assertThat(journal.status().unfinished()).isEqualTo(500);
    }

    @Test
    void anEventWithoutDeliveriesIsNotToBeStored() {
        assertThatThrownBy(() -> new Accepted(event(clock, "hello"), List.of()))
                .hasMessageContaining("has no deliveries");
        assertThat(Optional.of(DeliveryQuery.newest(1_000)).get().limit()).isEqualTo(1_000);
        assertThatThrownBy(() -> DeliveryQuery.newest(1_001)).hasMessageContaining("limit=1001");
    }
}
