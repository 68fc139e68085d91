package dev.bellhop.engine.catalog;

import java.util.List;
import java.util.Optional;

import dev.bellhop.api.EventSource;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.select.TriggerIndex;
import dev.bellhop.engine.source.SourcePlan;

/// What is true of one EventSource, and the Triggers that get its events.
///
/// @param plan           what to run; empty while it is suspended or not sound
/// @param serviceAccount as which the cluster is read, and which creates objects for Triggers without one of their own; in the
///                       EventSource's namespace
/// @param suspended      whether it is to rest
/// @param problems       with its fields
public record ServedSource(Stored<EventSource> stored, Optional<SourcePlan> plan, String serviceAccount,
        boolean suspended, List<Problem> problems, TriggerIndex index) {
    /// The ServiceAccount of whoever names none; Kubernetes puts it into every namespace.
    public static final String DEFAULT_ACCOUNT = "default";
}
