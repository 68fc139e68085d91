package dev.bellhop.engine.policy;

import java.time.Duration;

/// How an event that is sent twice is recognised.
public sealed interface Dedup {
    /// By the sender's delivery id, for an hour.
    Dedup DEFAULT = new BySender(Duration.ofHours(1));

    /// Not at all.
    record Off() implements Dedup {}

    /// By the id that its sender gave it, within `window`; an event of a sender that gives none is never another's double.
    record BySender(Duration window) implements Dedup {}

    /// By the value of an expression, within `window`.
    record ByKey(KeyExpression key, Duration window) implements Dedup {}
}
