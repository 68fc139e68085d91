package dev.bellhop.listener.delivery;

import dev.bellhop.listener.journal.Attempt;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.Outcome;

/// One try of a delivery: plain blocking code on a virtual thread of its own. It may run again after it was done, if the
/// process ended before that was recorded, and must then find its own work and give the same [Attempt.Done].
@FunctionalInterface
public interface DeliveryRun {
    /// Does what the delivery's Trigger says, beginning after what earlier tries made. An exception counts as a fault of ours, which a later try may be spared.
    Attempt run(Delivery delivery, Progress progress) throws InterruptedException;

    /// The delivery is given up: does what its Trigger wants done then, beginning after what was done of that before the process
    /// ended. Gives what is to be recorded.
    default Outcome.Dead giveUp(Delivery delivery, Outcome.Dead dead, Progress progress) throws InterruptedException {
        return dead;
    }
}
