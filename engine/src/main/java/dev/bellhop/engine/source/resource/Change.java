package dev.bellhop.engine.source.resource;

import java.time.Instant;
import java.util.Optional;

/// A change of an object.
///
/// @param type              what happened
/// @param object            as it is now, or was before it was deleted
/// @param contentChanged    for an update: whether its content differs from before
/// @param generationChanged for an update: whether its generation does
/// @param happenedAt        when, if that is known
/// @param isLate            whether it happened before the source was started, or may have
public record Change(ChangeType type, WatchedObject object, boolean contentChanged, boolean generationChanged,
        Optional<Instant> happenedAt, boolean isLate) {}
