/// The source `kubernetesEvents`: Kubernetes' own Events, as rules decide. [KubernetesEventsSource] starts one, [EventStream] takes
/// what is read, [OwnObjects] keeps loops away.
@NullMarked
package dev.bellhop.listener.source.kubernetesevents;

import org.jspecify.annotations.NullMarked;
