package dev.bellhop.listener.journal;

import static dev.bellhop.listener.journal.Samples.accepted;
import static dev.bellhop.listener.journal.Samples.append;
import static dev.bellhop.listener.journal.Samples.await;
import static dev.bellhop.listener.journal.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

/// What every journal does when people ask for it, and how half-done work goes on.
public abstract class RequestsContract extends JournalFixture {
    private static final DeliveryId NOBODY = new DeliveryId("nobody.1");

    private DeliveryId appendOne() {
        return append(journal, accepted(event(clock, "hello"), "team-a/build")).getFirst();
    }

    private Redelivery redeliver(DeliveryId id) {
        return await(journal.redeliver(id, "ann"));
    }

    private Redelivery replay(DeliveryId id) {
        return await(journal.replay(id, "ann"));
    }

    private Cancellation cancel(DeliveryId id) {
        return await(journal.cancel(id, "ann"));
    }

    @Test
    void goesOnAfterWhatWasMadeEvenIfTheProcessEnded() throws Exception {
        var id = appendOne();
        var first = claimOne();
        assertThat(first.created()).isEmpty();
        journal.progress(id, List.of(POD));
        restart();

        var second = claimOne();
        assertThat(second.created()).containsExactly(POD);
        assertThat(second.attempt()).isEqualTo(1);
        assertThat(second.identity()).isEqualTo(first.identity());
        settle(second, new Outcome.RetryAt(clock.instant(), "act", "busy", List.of(POD, JOB)));
        assertThat(claimOne().created()).containsExactly(POD, JOB);
        assertThat(summary(id).created()).containsExactly(POD, JOB);
    }

    @Test
    void listsWhatADeadDeliveryMadeAndNotWhatWasTakenBack() throws Exception {
        var kept = appendOne();
        settle(claimOne(), new Outcome.Dead("act", "forbidden", List.of(POD)));
        var takenBack = appendOne();
        var delivery = claimOne();
        journal.progress(takenBack, List.of(POD));
        settle(delivery, new Outcome.Dead("act", "forbidden", List.of()));

        assertThat(summary(kept).created()).containsExactly(POD);
        assertThat(summary(takenBack).created()).isEmpty();
    }

    @Test
    void heedsNoProgressOfWhatIsNotClaimed() throws Exception {
        var id = appendOne();
        settle(claimOne(), done());
        journal.progress(id, List.of(POD));
        restart();

        assertThat(summary(id).created()).isEmpty();
    }

    @Test
    void redeliversWhatIsDeadUnderItsIdAndIdentity() throws Exception {
        var id = appendOne();
        var dead = claimOne();
        settle(dead, new Outcome.Dead("act", "forbidden", List.of(POD)));
        clock.advance(Duration.ofMinutes(1));

        assertThat(redeliver(id)).isEqualTo(new Redelivery.Queued(id));
        assertThat(state(id)).isEqualTo(DeliveryState.PENDING);
        assertThat(summary(id).requestedBy()).contains("ann");
        assertThat(journal.status().unfinished()).isEqualTo(1);
        assertThat(journal.status().finished()).isZero();
        var again = claimOne();
        assertThat(again.id()).isEqualTo(id);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.identity()).isEqualTo(dead.identity());
        assertThat(again.created()).containsExactly(POD);
        settle(again, done());
        assertThat(journal.get(id).orElseThrow().failures()).hasSize(1);
        assertThat(summary(id).requestedBy()).contains("ann");
    }

    @Test
    void redeliversWhatIsCancelledThroughARestart() throws Exception {
        var id = appendOne();
        cancel(id);
        redeliver(id);
        restart();

        assertThat(claimOne().id()).isEqualTo(id);
    }

    @Test
    void redeliversNothingElse() throws Exception {
        var id = appendOne();
        assertThat(redeliver(id)).isInstanceOfSatisfying(Redelivery.Refused.class,
                no -> assertThat(no.why()).contains("unfinished"));
        settle(claimOne(), done());
        assertThat(redeliver(id)).isInstanceOfSatisfying(Redelivery.Refused.class,
                no -> assertThat(no.why()).contains("done", "replay"));
        assertThat(redeliver(NOBODY)).isInstanceOf(Redelivery.NotFound.class);
        assertNothingDue();
    }

    @Test
    void replaysAnEventAsADeliveryWithAnIdentityOfItsOwn() throws Exception {
        var id = append(journal, Samples.keyed(event(clock, "hello"), "team-a/build",
                Optional.of(new DedupKey("d1", Duration.ofHours(1))), Optional.empty())).getFirst();
        var original = claimOne();
        settle(original, new Outcome.Done(List.of(POD)));

        var replay = DeliveryId.of(id.event(), 2);
        assertThat(replay(id)).isEqualTo(new Redelivery.Queued(replay));
        assertThat(replay(id)).isEqualTo(new Redelivery.Queued(DeliveryId.of(id.event(), 3)));
        restart();
        var claimed = claimOne();
        assertThat(claimed.id()).isEqualTo(replay);
        assertThat(claimed.replayOf()).contains(id);
        assertThat(claimed.created()).isEmpty();
        assertThat(claimed.attempt()).isEqualTo(1);
        assertThat(claimed.event().body().bytes()).isEqualTo(original.event().body().bytes());
        var other = claimOne();
        assertThat(List.of(original.identity(), claimed.identity(), other.identity())).doesNotHaveDuplicates();
        settle(claimed, done());
        assertThat(summary(replay).replayOf()).contains(id);
        assertThat(summary(replay).requestedBy()).contains("ann");
        assertThat(listed(DeliveryQuery.newest(10).thatReplay(id))).containsExactly(other.id(), replay);
    }

    @Test
    void replaysWhateverIsFinished() throws Exception {
        var key = Optional.of(new DedupKey("d1", Duration.ofHours(1)));
        var first = append(journal, Samples.keyed(event(clock, "a"), "team-a/build", key, Optional.empty())).getFirst();
        var duplicate = append(journal, Samples.keyed(event(clock, "b"), "team-a/build", key, Optional.empty()))
                .getFirst();
        assertThat(replay(first)).isInstanceOfSatisfying(Redelivery.Refused.class,
                no -> assertThat(no.why()).contains("unfinished"));
        settle(claimOne(), dead());
        var cancelled = appendOne();
        cancel(cancelled);

        for (var id : List.of(first, duplicate, cancelled)) {
            assertThat(replay(id)).isEqualTo(new Redelivery.Queued(DeliveryId.of(id.event(), 2)));
        }
        assertThat(replay(NOBODY)).isInstanceOf(Redelivery.NotFound.class);
        assertThat(claimAll(3)).extracting(Delivery::replayOf).containsExactlyInAnyOrder(Optional.of(first),
                Optional.of(duplicate), Optional.of(cancelled));
    }

    @Test
    void aReplayMakesNoDuplicatesOfWhatIsSentLater() throws Exception {
        var key = Optional.of(new DedupKey("d1", Duration.ofHours(1)));
        var id = append(journal, Samples.keyed(event(clock, "a"), "team-a/build", key, Optional.empty())).getFirst();
        settle(claimOne(), dead());
        replay(id);

        var sent = (Appended.Durable) await(
                journal.append(Samples.keyed(event(clock, "b"), "team-a/build", key, Optional.empty())));
        assertThat(sent.deliveries().getFirst().duplicateOf()).isEmpty();
    }

    @Test
    void cancelsWhatWaits() throws Exception {
        var fresh = appendOne();
        assertThat(cancel(fresh)).isEqualTo(new Cancellation.Cancelled());
        assertNothingDue();
        var retrying = appendOne();
        settle(claimOne(), retryNow());
        assertThat(cancel(retrying)).isEqualTo(new Cancellation.Cancelled());
        restart();

        assertNothingDue();
        for (var id : List.of(fresh, retrying)) {
            assertThat(state(id)).isEqualTo(DeliveryState.CANCELLED);
            assertThat(summary(id).why()).contains("cancelled by ann");
            assertThat(summary(id).requestedBy()).contains("ann");
        }
        assertThat(summary(retrying).attempts()).isEqualTo(1);
        assertThat(journal.status().unfinished()).isZero();
    }

    @Test
    void cancelsNothingThatRunsOrIsFinished() throws Exception {
        var id = appendOne();
        var running = claimOne();
        assertThat(cancel(id)).isInstanceOfSatisfying(Cancellation.Refused.class,
                no -> assertThat(no.why()).contains("being tried now"));
        settle(running, done());
        assertThat(cancel(id)).isInstanceOfSatisfying(Cancellation.Refused.class,
                no -> assertThat(no.why()).contains("finished"));
        assertThat(cancel(NOBODY)).isInstanceOf(Cancellation.NotFound.class);
        assertThat(state(id)).isEqualTo(DeliveryState.DONE);
    }

    @Test
    void refusesRequestsAfterItWasClosed() {
        var id = appendOne();
        journal.close();

        assertThat(cancel(id)).isInstanceOf(Cancellation.Refused.class);
        assertThat(redeliver(id)).isInstanceOf(Redelivery.Refused.class);
        assertThat(replay(id)).isInstanceOf(Redelivery.Refused.class);
    }
}
