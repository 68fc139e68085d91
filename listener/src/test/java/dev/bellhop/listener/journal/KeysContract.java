package dev.bellhop.listener.journal;

import static dev.bellhop.listener.journal.Samples.append;
import static dev.bellhop.listener.journal.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How deliveries affect each other in every journal: duplicates by dedup key, order and cancellation by concurrency key.
public abstract class KeysContract extends JournalFixture {
    private static final Duration WINDOW = Duration.ofHours(1);

    private List<Stored> send(String trigger, String dedup) {
        var key = new DedupKey(dedup, WINDOW);
        return stored(Samples.keyed(event(clock, dedup), trigger, Optional.of(key), Optional.empty()));
    }

    private Stored sendOne(String dedup) {
        return send("team-a/build", dedup).getFirst();
    }

    private List<Stored> stored(Accepted accepted) {
        return ((Appended.Durable) Samples.await(journal.append(accepted))).deliveries();
    }

    private DeliveryId push(String key, Concurrency.Policy policy) {
        return append(journal, Samples.keyed(event(clock, key), "team-a/build", Optional.empty(),
                Optional.of(new Concurrency(key, policy)))).getFirst();
    }

    @Test
    void recordsARedeliveryOfWhatIsUnfinishedOrDoneAsADuplicate() throws Exception {
        var first = sendOne("d1");
        var second = sendOne("d1");
        settle(claimOne(), done());
        restart();
        var third = sendOne("d1");

        assertThat(first.duplicateOf()).isEmpty();
        for (var duplicate : List.of(second, third)) {
            assertThat(duplicate.duplicateOf()).contains(first.id());
            assertThat(state(duplicate.id())).isEqualTo(DeliveryState.DUPLICATE);
            assertThat(summary(duplicate.id()).duplicateOf()).contains(first.id());
            assertThat(summary(duplicate.id()).finishedAt()).contains(clock.instant());
        }
        assertNothingDue();
        assertThat(journal.status().unfinished()).isZero();
        assertThat(journal.status().finished()).isEqualTo(3);
        assertThat(listed(DeliveryQuery.newest(10).withDedupKey("d1")))
                .containsExactly(third.id(), second.id(), first.id());
        assertThat(listed(DeliveryQuery.newest(10).thatAre(DeliveryState.DUPLICATE)))
                .containsExactly(third.id(), second.id());
    }

    @Test
    void runsARedeliveryOfWhatFailedUnderTheSameIdentity() throws Exception {
        sendOne("d1");
        var failed = claimOne();
        settle(failed, dead());

        assertThat(sendOne("d1").duplicateOf()).isEmpty();
        var again = claimOne();
        assertThat(again.identity()).isEqualTo(failed.identity());
        assertThat(again.dedup()).contains(new DedupKey("d1", WINDOW));
    }

    @Test
    void runsARedeliveryOfWhatWasCancelled() throws Exception {
        var first = sendOne("d1");
        Samples.await(journal.cancel(first.id(), "ann"));

        assertThat(sendOne("d1").duplicateOf()).isEmpty();
    }

    @Test
    void knowsNoDuplicatesBeyondTheWindowOrOfAnotherTrigger() throws Exception {
        sendOne("d1");
        settle(claimOne(), done());

        assertThat(send("team-a/test", "d1").getFirst().duplicateOf()).isEmpty();
        assertThat(sendOne("d2").duplicateOf()).isEmpty();
        clock.advance(WINDOW.minusMillis(1));
        assertThat(sendOne("d1").duplicateOf()).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(sendOne("d1").duplicateOf()).isEmpty();
    }

    @Test
    void findsADuplicateThatArrivesTogetherWithTheFirst() {
        var stages = java.util.stream.IntStream.range(0, 200)
                .mapToObj(i -> journal.append(Samples.keyed(event(clock, "n" + i), "team-a/build",
                        Optional.of(new DedupKey("d" + i % 50, WINDOW)), Optional.empty())))
                .toList();

        var first = stages.stream().map(Samples::await)
                .flatMap(answer -> ((Appended.Durable) answer).deliveries().stream())
                .filter(one -> one.duplicateOf().isEmpty());
        assertThat(first).hasSize(50);
        assertThat(journal.status().unfinished()).isEqualTo(50);
    }

    @Test
    void takesKeysOfAnyLengthAndContent() {
        var key = "ü\0" + "x".repeat(10_000);
        assertThat(sendOne(key).duplicateOf()).isEmpty();
        assertThat(sendOne(key).duplicateOf()).isPresent();
        assertThat(listed(DeliveryQuery.newest(10).withDedupKey(key))).hasSize(2);
        assertThatThrownBy(() -> new DedupKey("", WINDOW)).hasMessageContaining("must not be empty");
        assertThatThrownBy(() -> new DedupKey("d1", Duration.ZERO)).hasMessageContaining("must be positive");
    }

    @Test
    void anEventOfItsOwnHasItsOwnIdentityAndATriggerToo() throws Exception {
        append(journal, Samples.accepted(event(clock, "a"), "team-a/build", "team-a/test"));
        append(journal, Samples.accepted(event(clock, "b"), "team-a/build"));

        assertThat(new HashSet<>(claimAll(3).stream().map(Delivery::identity).toList())).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(value = Concurrency.Policy.class, names = "DROP_NEWER", mode = EnumSource.Mode.EXCLUDE)
    void runsOneOfAConcurrencyKeyAtATime(Concurrency.Policy policy) throws Exception {
        var first = push("pr-1", policy);
        assertThat(claimOne().id()).isEqualTo(first);
        var second = push("pr-1", policy);
        var other = push("pr-2", policy);

        var running = claimOne();
        assertThat(running.id()).isEqualTo(other);
        assertNothingDue();
        settle(running, done());
        assertNothingDue();
        assertThat(state(second)).isEqualTo(DeliveryState.PENDING);
    }

    @Test
    void queuesOnRequestInOrder() throws Exception {
        var ids = java.util.stream.IntStream.range(0, 20).mapToObj(_ -> push("pr-1", Concurrency.Policy.QUEUE))
                .toList();
        for (var id : ids) {
            var delivery = claim(5);
            assertThat(delivery).extracting(Delivery::id).containsExactly(id);
            settle(delivery.getFirst(), done());
        }
        assertNothingDue();
    }

    @Test
    void cancelsOlderOnesThatDoNotRun() throws Exception {
        var running = push("pr-1", Concurrency.Policy.CANCEL_OLDER);
        var first = claimOne();
        var waiting = push("pr-1", Concurrency.Policy.CANCEL_OLDER);
        var other = push("pr-2", Concurrency.Policy.CANCEL_OLDER);
        var newest = push("pr-1", Concurrency.Policy.CANCEL_OLDER);

        assertThat(state(running)).isEqualTo(DeliveryState.PENDING);
        assertThat(state(waiting)).isEqualTo(DeliveryState.CANCELLED);
        assertThat(summary(waiting).why()).contains("superseded by " + newest);
        settle(first, done());
        assertThat(claimAll(2)).extracting(Delivery::id).containsExactlyInAnyOrder(other, newest);
        assertThat(journal.status().unfinished()).isEqualTo(2);
        assertThat(journal.backlog().ofTenant("team-a").deliveries()).isEqualTo(2);
    }

    @Test
    void cancelsAnOlderOneWhenItWouldBeTriedAgain() throws Exception {
        push("pr-1", Concurrency.Policy.CANCEL_OLDER);
        var running = claimOne();
        var newest = push("pr-1", Concurrency.Policy.CANCEL_OLDER);
        settle(running, retryNow());

        assertThat(state(running.id())).isEqualTo(DeliveryState.CANCELLED);
        assertThat(summary(running.id()).why()).contains("superseded by " + newest);
        assertThat(journal.get(running.id()).orElseThrow().failures()).hasSize(1);
        assertThat(claim(10)).extracting(Delivery::id).containsExactly(newest);
    }

    @Test
    void cancelsOlderOnesThatWaitForARetry() throws Exception {
        push("pr-1", Concurrency.Policy.CANCEL_OLDER);
        var first = claimOne();
        settle(first, retryNow());
        var newest = push("pr-1", Concurrency.Policy.CANCEL_OLDER);

        assertThat(state(first.id())).isEqualTo(DeliveryState.CANCELLED);
        assertThat(claim(10)).extracting(Delivery::id).containsExactly(newest);
    }

    @Test
    void keepsOneOfManyThatArriveTogetherAndCancelEachOther() throws Exception {
        var stages = java.util.stream.IntStream.range(0, 500)
                .mapToObj(i -> journal.append(Samples.keyed(event(clock, "n" + i), "team-a/build", Optional.empty(),
                        Optional.of(new Concurrency("pr-1", Concurrency.Policy.CANCEL_OLDER)))))
                .toList();
        var ids = stages.stream().map(Samples::await).map(answer -> ((Appended.Durable) answer).ids().getFirst())
                .toList();

        assertThat(claim(10)).extracting(Delivery::id).containsExactly(ids.getLast());
        assertThat(journal.status().unfinished()).isEqualTo(1);
        restart();
        assertThat(claim(10)).extracting(Delivery::id).containsExactly(ids.getLast());
    }

    @Test
    void dropsANewOneWhileAnotherIsUnfinished() throws Exception {
        var first = push("pr-1", Concurrency.Policy.DROP_NEWER);
        var dropped = push("pr-1", Concurrency.Policy.DROP_NEWER);
        settle(claimOne(), retryNow());
        var alsoDropped = push("pr-1", Concurrency.Policy.DROP_NEWER);
        settle(claimOne(), done());
        var runs = push("pr-1", Concurrency.Policy.DROP_NEWER);

        for (var id : List.of(dropped, alsoDropped)) {
            assertThat(state(id)).isEqualTo(DeliveryState.CANCELLED);
            assertThat(summary(id).why()).contains("dropped because " + first + " is unfinished");
        }
        assertThat(claim(10)).extracting(Delivery::id).containsExactly(runs);
    }
}
