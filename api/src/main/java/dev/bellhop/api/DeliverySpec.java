package dev.bellhop.api;

import org.jspecify.annotations.Nullable;

/// The fields of a Trigger, whether an object or written inline, that say how its deliveries are carried out, taken
/// together.
public record DeliverySpec(
        @Nullable RetrySpec retry,
        @Nullable DeadLetterSpec deadLetter,
        @Nullable DedupSpec dedup,
        @Nullable ConcurrencySpec concurrency,
        @Nullable LimitsSpec limits,
        @Nullable Boolean suspend,
        @Nullable Boolean rollback) {

    /// Nothing is said.
    public static final DeliverySpec NONE = new DeliverySpec(null, null, null, null, null, null, null);
}
