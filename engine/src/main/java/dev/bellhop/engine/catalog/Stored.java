package dev.bellhop.engine.catalog;

import java.util.Map;

import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader.Read;

/// An object as the API server keeps it: its identity, which is always there, and its content, which may be unreadable.
/// The namespace of a cluster-scoped object is empty.
public record Stored<T>(ObjectName name, String uid, long generation, String resourceVersion,
        Map<String, String> labels, Map<String, String> annotations, Read<T> content) {}
