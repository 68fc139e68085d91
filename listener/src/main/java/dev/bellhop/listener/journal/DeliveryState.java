package dev.bellhop.listener.journal;

/// Where a delivery stands.
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
    CORRUPT
}
