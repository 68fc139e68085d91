package dev.bellhop.engine.catalog;

import java.util.Map;

/// What Bellhop reads of a Namespace.
///
/// @param annotations those about limits, retention and allowed hosts at least; others may be missing
public record StoredNamespace(Map<String, String> labels, Map<String, String> annotations) {
    public StoredNamespace {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }
}
