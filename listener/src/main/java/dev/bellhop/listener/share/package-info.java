/// What each tenant may use, so that none lives at the expense of others: [Intake] says how much is taken in, [LaneGate] how much
/// runs at once, and [Breaker] keeps work back from a target that fails.
@NullMarked
package dev.bellhop.listener.share;

import org.jspecify.annotations.NullMarked;
