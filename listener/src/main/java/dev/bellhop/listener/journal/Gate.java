package dev.bellhop.listener.journal;

import java.util.Optional;

/// Says which deliveries may run now: limits, suspended Triggers, targets that are down. The journal asks before it hands
/// one out, with its queue locked: every method must answer from memory, at once, and must not call the journal.
public interface Gate {
    /// Lets everything pass.
    Gate OPEN = new Gate() {
        @Override
        public boolean tryEnter(Lane lane, Optional<String> concurrencyKey) {
            return true;
        }

        @Override
        public void leave(Lane lane, Optional<String> concurrencyKey) {
            // Nothing was counted.
        }
    };

    /// Whether one more delivery of this lane may run now; if so, it has entered. After a no the lane is asked again when
    /// [Journal#gateChanged] is called, and at the next claim.
    boolean tryEnter(Lane lane, Optional<String> concurrencyKey);

    /// A delivery that entered will not run after all. Those that were handed out leave by whoever claimed them.
    void leave(Lane lane, Optional<String> concurrencyKey);

    /// How many deliveries of a tenant go before it is the next one's turn, from 1.
    default int weight(String tenant) {
        return 1;
    }
}
