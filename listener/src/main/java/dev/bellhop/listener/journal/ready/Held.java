package dev.bellhop.listener.journal.ready;

/// A delivery that the queue knows of, from when it enters until what became of it is stored.
final class Held {
    enum Status {
        /// Waits.
        QUEUED,
        /// Claimed.
        TAKEN,
        /// Is about to be cancelled.
        WITHDRAWN
    }

    final LaneQueue lane;
    Ready ready;
    Status status = Status.QUEUED;

    Held(LaneQueue lane, Ready ready) {
        this.lane = lane;
        this.ready = ready;
    }
}
