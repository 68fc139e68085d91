package dev.bellhop.listener.journal;

/// What waits or runs, from memory: cheap enough to be asked for every event. Live: each call tells of now.
public interface Backlog {
    /// @param deliveries unfinished ones
    /// @param bytes      what they and their events take up in the journal
    record Waiting(long deliveries, long bytes) {
        /// Nothing waits.
        public static final Waiting NOTHING = new Waiting(0, 0);
    }

    /// Of all Triggers in a namespace.
    Waiting ofTenant(String tenant);

    /// Of one Trigger.
    Waiting ofLane(Lane lane);
}
