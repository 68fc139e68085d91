package dev.bellhop.listener;

/// Where a listener process is in its life.
enum Phase {
    /// It reads the cluster's objects in; events are refused.
    STARTING,
    /// Events are accepted.
    SERVING,
    /// It is not ready any more, and accepts events all the same: who sends them may not know yet.
    LEAVING,
    /// Events are refused, until the process ends.
    STOPPING;

    /// Whether events are accepted.
    boolean accepts() {
        return this == SERVING || this == LEAVING;
    }

    /// Whether the process is about to end.
    boolean isEnding() {
        return this == LEAVING || this == STOPPING;
    }
}
