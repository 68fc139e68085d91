package dev.bellhop.engine.select;

/// What a [Route] leads to.
public sealed interface Addressed {
    /// Sound Triggers, at least one unless the listener as a whole is addressed.
    record Triggers(Candidates candidates) implements Addressed {}

    /// Triggers that exist and are served, but none of them compiles.
    record NotReady() implements Addressed {}

    /// Nothing that this listener serves.
    record Nobody() implements Addressed {}

    /// The route itself is malformed.
    record Malformed(String why) implements Addressed {}
}
