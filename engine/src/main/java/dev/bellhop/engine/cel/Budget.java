package dev.bellhop.engine.cel;

import java.util.function.LongSupplier;

/// What one evaluation has left to spend. Whoever is about to do much pays before, by the rough prices of [CelLimits#work()].
final class Budget {
    /// Reading the clock costs as much as evaluating a node.
    private static final int STEPS_PER_CLOCK_READING = 4;
    private static final int CHARACTERS_PER_UNIT = 16;

    private final Terms terms;
    private final long end;
    private long left;
    private int steps;

    /// @param nanoTime a clock that only goes forward
    record Terms(CelLimits limits, LongSupplier nanoTime) {}

    Budget(Terms terms) {
        this.terms = terms;
        this.end = terms.nanoTime().getAsLong() + terms.limits().deadline().toNanos();
        this.left = terms.limits().work();
    }

    CelLimits limits() {
        return terms.limits();
    }

    /// Pays for one node.
    void step() {
        spend(1);
        if (++steps % STEPS_PER_CLOCK_READING == 0 && terms.nanoTime().getAsLong() - end > 0) {
            throw new LimitReached("the expression takes longer than " + limits().deadline().toMillis() + " ms");
        }
    }

    void spend(long work) {
        left -= work;
        if (left < 0) {
            throw new LimitReached("the expression does too much work: more than " + limits().work() + " units");
        }
    }

    /// Pays for a new string of so many characters, or as many bytes.
    void characters(long count) {
        length(count);
        spend(count / CHARACTERS_PER_UNIT);
    }

    /// Checks the length of a string that is made bit by bit, and paid for as it is.
    void length(long characters) {
        if (characters > limits().characters()) {
            throw new LimitReached("the expression makes a string of " + characters + " characters; the limit is "
                    + limits().characters());
        }
    }

    /// Checks the size of a list.
    void size(long elements) {
        if (elements > limits().elements()) {
            throw new LimitReached(
                    "the expression makes a list of " + elements + " elements; the limit is " + limits().elements());
        }
    }
}
