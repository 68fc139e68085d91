/// Tells how it went: each [Ending] once, to the log, the metrics, the Trigger's namespace as Kubernetes Events, and the recent
/// history. [OutcomeRecorder] is the one place.
@NullMarked
package dev.bellhop.listener.record;

import org.jspecify.annotations.NullMarked;
