package dev.bellhop.listener.journal;

/// Where a delivery stands. The first two are unfinished, the others finished.
public enum DeliveryState {
    /// Accepted, not tried to an end yet.
    PENDING,
    /// Tried in vain; will be tried again.
    RETRYING,
    /// Finished well.
    DONE,
    /// Given up.
    DEAD,
    /// What was stored does not match its checksum: the disk changed it. Never tried.
    CORRUPT,
    /// The same as one that is unfinished or done: recorded, never tried.
    DUPLICATE,
    /// Not to be tried any more: a newer one took its place, an older one had it, or a person said so.
    CANCELLED;

    /// Whether nothing more happens to it by itself.
    public boolean isFinished() {
        return switch (this) {
            case PENDING, RETRYING -> false;
            case DONE, DEAD, CORRUPT, DUPLICATE, CANCELLED -> true;
        };
    }
}
