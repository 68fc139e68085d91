package dev.bellhop.listener.action;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.bellhop.listener.journal.ObjectRef;

/// What became of an [Order].
public sealed interface Result {
    /// All objects exist: created now, or by an earlier try of the same delivery.
    record Created(List<ObjectRef> objects) implements Result {}

    /// The objects `soFar` exist, the next one does not.
    ///
    /// @param retryable whether a later try may do better
    /// @param after     how long the API server asked us to wait
    record Failed(List<ObjectRef> soFar, String why, boolean retryable, Optional<Duration> after) implements Result {}
}
