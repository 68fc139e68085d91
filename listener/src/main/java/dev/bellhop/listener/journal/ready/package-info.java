/// Who is next: what is due, in memory, per Trigger in the order it became so, Triggers in turn within their tenant, tenants
/// in turn by weight (deficit round robin). Begin at [ReadyQueue]. Engines share it; they refill it from what they store.
@NullMarked
package dev.bellhop.listener.journal.ready;

import org.jspecify.annotations.NullMarked;
