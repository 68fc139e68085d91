package dev.bellhop.listener.journal;

import java.time.Instant;
import java.util.List;

/// Where one try leaves a delivery, and which objects exist because of it: those of earlier tries, too.
public sealed interface Outcome {
    /// The objects made so far and not taken back.
    List<ObjectRef> created();

    /// Finished well.
    record Done(List<ObjectRef> created) implements Outcome {
        public Done {
            created = List.copyOf(created);
        }
    }

    /// To be tried again at `due`. `step` is the part of the chain that failed.
    record RetryAt(Instant due, String step, String why, List<ObjectRef> created) implements Outcome {
        public RetryAt {
            created = List.copyOf(created);
        }
    }

    /// Given up: kept for people to see, never tried again by itself.
    record Dead(String step, String why, List<ObjectRef> created) implements Outcome {
        public Dead {
            created = List.copyOf(created);
        }
    }
}
