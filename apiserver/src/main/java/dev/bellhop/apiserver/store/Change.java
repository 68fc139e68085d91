package dev.bellhop.apiserver.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// One change of one object.
///
/// @param object the object after it, or, when it was deleted, its last state with the revision of the deletion
/// @param previous the object before it; null when it is new
public record Change(Kind kind, ObjectNode object, @Nullable ObjectNode previous, long revision) {

    /// What happened, in the words of a watch.
    public enum Kind {
        ADDED, MODIFIED, DELETED
    }
}
