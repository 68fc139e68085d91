package dev.bellhop.engine.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// How much may be used. What is absent has no limit.
///
/// @param concurrency  deliveries that run at once
/// @param queuedEvents unfinished deliveries
/// @param queuedBytes  of the events of unfinished deliveries
public record Limits(Optional<Rate> rate, Optional<Integer> concurrency, Optional<Long> queuedEvents,
        Optional<Long> queuedBytes) {
    /// No limit at all.
    public static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty());

    public Limits {
        if (concurrency.filter(most -> most < 1).isPresent() || queuedEvents.filter(most -> most < 1).isPresent()
                || queuedBytes.filter(most -> most < 1).isPresent()) {
            throw new IllegalArgumentException("a limit must be positive: " + concurrency + ", " + queuedEvents + ", "
                    + queuedBytes);
        }
    }

    /// How many events are taken in: a bucket of `burst` that fills up with `eventsPerSecond`. Both are positive.
    public record Rate(double eventsPerSecond, int burst) {
        public Rate {
            if (!(eventsPerSecond > 0) || burst < 1) {
                throw new IllegalArgumentException(eventsPerSecond + " events a second, " + burst + " at once");
            }
        }

        /// With the burst that goes with the rate when nobody says another: so much as comes in a second, at least 1.
        static Rate of(double eventsPerSecond) {
            return new Rate(eventsPerSecond, (int) Math.max(1, Math.ceil(eventsPerSecond)));
        }
    }

    /// Both hold: what `other` limits more is lowered to it.
    public Limits loweredBy(Limits other) {
        return new Limits(
                either(rate, other.rate, (a, b) -> new Rate(Math.min(a.eventsPerSecond, b.eventsPerSecond),
                        Math.min(a.burst, b.burst))),
                either(concurrency, other.concurrency, Math::min),
                either(queuedEvents, other.queuedEvents, Math::min),
                either(queuedBytes, other.queuedBytes, Math::min));
    }

    /// These, and where they say nothing, `others`.
    Limits orElse(Limits others) {
        return new Limits(rate.or(others::rate), concurrency.or(others::concurrency),
                queuedEvents.or(others::queuedEvents), queuedBytes.or(others::queuedBytes));
    }

    private static <T> Optional<T> either(Optional<T> a, Optional<T> b, BinaryOperator<T> choose) {
        return a.isPresent() && b.isPresent() ? Optional.of(choose.apply(a.get(), b.get())) : a.or(() -> b);
    }

    /// What of these has no effect beside `allowed`, because it is higher: sentences that begin with the field.
    List<String> above(Limits allowed) {
        var sentences = new ArrayList<String>();
        above("eventsPerSecond", rate.map(Rate::eventsPerSecond), allowed.rate.map(Rate::eventsPerSecond), sentences);
        above("burst", rate.map(Rate::burst), allowed.rate.map(Rate::burst), sentences);
        above("concurrency", concurrency, allowed.concurrency, sentences);
        above("queuedEvents", queuedEvents, allowed.queuedEvents, sentences);
        above("queuedBytes", queuedBytes, allowed.queuedBytes, sentences);
        return List.copyOf(sentences);
    }

    private static <T extends Comparable<T>> void above(String field, Optional<T> own, Optional<T> allowed,
            List<String> sentences) {
        if (own.isPresent() && allowed.isPresent() && own.get().compareTo(allowed.get()) > 0) {
            sentences.add("limits." + field + " " + own.get() + " has no effect: the admin allows " + allowed.get());
        }
    }
}
