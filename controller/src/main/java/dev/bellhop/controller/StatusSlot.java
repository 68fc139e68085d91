package dev.bellhop.controller;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import dev.bellhop.api.ObjectName;
import org.jspecify.annotations.Nullable;

/// What is wanted and what is known of the status of one object. At most one worker at a time is busy with it; meanwhile the
/// newest wish replaces older ones.
final class StatusSlot<S> {
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final StatusType<S> type;
    private final ObjectName name;
    private @Nullable Wish<S> wish;
    private @Nullable Seen<S> seen;
    private @Nullable Applied<S> applied;
    private boolean busy;
    private int failures;

    /// The status, its condition without a time, that the object of this uid is to have.
    record Wish<S>(String uid, S status) {}

    /// The object's status as last read from the cluster; unreadable when the object has a shape that its kind cannot have.
    record Seen<S>(String resourceVersion, boolean isReadable, @Nullable S status) {}

    /// A write to be made: the wish and, as far as is known, the status it replaces.
    record Write<S>(Wish<S> wish, @Nullable S before) {}

    private record Applied<S>(String uid, String resourceVersion, S status) {}

    StatusSlot(StatusType<S> type, ObjectName name) {
        this.type = type;
        this.name = name;
    }

    StatusType<S> type() {
        return type;
    }

    ObjectName name() {
        return name;
    }

    /// Takes a wish; whether a worker has to be found for it.
    synchronized boolean want(Wish<S> wanted, Seen<S> nowSeen) {
        seen = nowSeen;
        wish = wanted;
        if (busy || isFulfilled()) {
            return false;
        }
        busy = true;
        return true;
    }

    /// Whether there is nothing to write; the worker is then no longer busy with this.
    synchronized boolean rests() {
        if (wish != null && !isFulfilled()) {
            return false;
        }
        wish = null;
        busy = false;
        return true;
    }

    /// What the worker has to write; as with [#rests] when that is nothing.
    synchronized Optional<Write<S>> next() {
        if (rests() || wish == null) {
            return Optional.empty();
        }
        var write = new Write<>(wish, known(wish.uid));
        wish = null;
        return Optional.of(write);
    }

    /// The worker has written, and has to ask for what is next.
    synchronized void written(Write<S> write, String resourceVersion) {
        applied = new Applied<>(write.wish.uid, resourceVersion, write.wish.status);
        failures = 0;
    }

    /// The worker could not write; the result is how long it has to wait before it asks for what is next.
    synchronized Duration failed(Write<S> write) {
        if (wish == null) {
            wish = write.wish;
        }
        var wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures++, 10));
        wait = wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY;
        return wait.plusMillis(ThreadLocalRandom.current().nextLong(wait.toMillis() / 2));
    }

    /// Nothing is wanted any more.
    synchronized void giveUp() {
        wish = null;
    }

    private boolean isFulfilled() {
        return wish != null && type.says(known(wish.uid), wish.status);
    }

    /// The newer of what was read and what was written.
    private @Nullable S known(String uid) {
        boolean ahead = applied != null && applied.uid.equals(uid)
                && (seen == null || !seen.isReadable || isOlder(seen.resourceVersion, applied.resourceVersion));
        return ahead && applied != null ? applied.status : seen == null ? null : seen.status;
    }

    /// Whether `a` is a resourceVersion before `b`. They count up; one that is not a number is taken as the newer.
    static boolean isOlder(String a, String b) {
        boolean numbers = a.chars().allMatch(Character::isDigit) && b.chars().allMatch(Character::isDigit);
        return numbers && (a.length() != b.length() ? a.length() < b.length() : a.compareTo(b) < 0);
    }
}
