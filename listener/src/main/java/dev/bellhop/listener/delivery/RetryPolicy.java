package dev.bellhop.listener.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

import dev.bellhop.engine.policy.Retry;
import dev.bellhop.listener.journal.Attempt;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Outcome;

/// When a failed delivery is tried again, and when it is given up: what `retry` says, made an [Outcome].
public record RetryPolicy(Retry retry) {
    /// Of a Trigger that says nothing about it.
    public static final RetryPolicy DEFAULT = new RetryPolicy(Retry.DEFAULT);

    /// Where `attempt`, which ended at `now`, leaves `delivery`, for which the objects `soFar` were made.
    Outcome outcome(Delivery delivery, Attempt attempt, List<ObjectRef> soFar, Instant now, RandomGenerator random) {
        return switch (attempt) {
            case Attempt.Done(var created) -> new Outcome.Done(created);
            case Attempt.Dead(var step, var why) -> new Outcome.Dead(step, why, soFar);
            case Attempt.Retry(var step, var why, var after) -> {
                var giveUpAt = delivery.event().receivedAt().plus(retry.maxAge());
                if (delivery.attempt() >= retry.maxAttempts()) {
                    yield new Outcome.Dead(step, "given up after " + delivery.attempt() + " tries: " + why, soFar);
                }
                if (!now.isBefore(giveUpAt)) {
                    yield new Outcome.Dead(step, "given up after " + retry.maxAge() + ": " + why, soFar);
                }
                // What the other side asked for is the least to wait, and there too not all come back at once.
                var due = now.plus(after.orElse(Duration.ZERO)).plus(retry.delayAfter(delivery.attempt(), random));
                // The last try is at the end of the time, however long the other side asked for.
                yield new Outcome.RetryAt(due.isAfter(giveUpAt) ? giveUpAt : due, step, why, soFar);
            }
        };
    }
}
