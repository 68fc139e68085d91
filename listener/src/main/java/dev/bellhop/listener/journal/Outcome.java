package dev.bellhop.listener.journal;

import java.time.Instant;
import java.util.List;

/// Where one try leaves a delivery.
public sealed interface Outcome {
    /// Finished well.
    record Done(List<ObjectRef> created) implements Outcome {
        public Done {
            created = List.copyOf(created);
        }
    }

    /// To be tried again at `due`. `step` is the part of the chain that failed.
    record RetryAt(Instant due, String step, String why) implements Outcome {}

    /// Given up: kept for people to see, never tried again by itself.
    record Dead(String step, String why) implements Outcome {}
}
