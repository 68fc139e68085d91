/// The work after the 202: [DeliveryWorkers] claims deliveries from the journal and runs each on a virtual thread;
/// [RetryPolicy] decides what becomes of one that failed. What a run does is handed in as a [DeliveryRun].
@NullMarked
package dev.bellhop.listener.delivery;

import org.jspecify.annotations.NullMarked;
