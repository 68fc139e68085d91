package dev.bellhop.listener.journal;

import dev.bellhop.api.ObjectName;

/// Where the deliveries of one Trigger wait in line; beside those of other Triggers, never behind them.
public record Lane(ObjectName trigger, String triggerUid) {
    /// Whose share of the work its deliveries are.
    public String tenant() {
        return trigger.namespace();
    }
}
