package dev.bellhop.listener.journal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What one try of a delivery gave, as the one who tried sees it. The retry policy makes an [Outcome] of it.
public sealed interface Attempt {
    /// All is done; these objects were made, or had been by an earlier try.
    record Done(List<ObjectRef> created) implements Attempt {
        public Done {
            created = List.copyOf(created);
        }
    }

    /// `step` failed in a way that a later try may mend, not before `after` if the other side asked for that.
    record Retry(String step, String why, Optional<Duration> after) implements Attempt {}

    /// `step` failed in a way that no later try mends.
    record Dead(String step, String why) implements Attempt {}
}
