/// What the source `kubernetesEvents` brings: [EventRule]s decide over an [ObservedEvent]; [EventsSettings] is what its
/// EventSource says.
@NullMarked
package dev.bellhop.engine.source.kubernetesevents;

import org.jspecify.annotations.NullMarked;
