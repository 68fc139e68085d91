package dev.bellhop.spi.action;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How carrying out an action went.
public sealed interface ActionResult {
    /// All is done. `effects` are what people are shown: what this try did and what earlier ones had done.
    record Done(List<Effect> effects) implements ActionResult {
        public Done {
            effects = List.copyOf(effects);
        }

        /// One effect.
        public static Done of(Effect effect) {
            return new Done(List.of(effect));
        }
    }

    /// There was nothing to do; `why` is for people.
    record Skipped(String why) implements ActionResult {}

    /// It failed. `why` says what was tried and what came of it, without any secret.
    ///
    /// @param retryable whether a later try may do better
    /// @param after     how long the other side asked us to wait
    record Failed(String why, boolean retryable, Optional<Duration> after) implements ActionResult {
        /// A failure that a later try may mend.
        public static Failed passing(String why) {
            return new Failed(why, true, Optional.empty());
        }

        /// A failure that no later try mends.
        public static Failed lasting(String why) {
            return new Failed(why, false, Optional.empty());
        }
    }
}
