package dev.bellhop.engine.cel;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/// Something that must hold of an event for an expression to be true of it; an index over many Triggers looks events up by
/// it. A path leads from the body through the keys of objects, never through a list.
public sealed interface Conjunct {
    /// At `path` stands one of `values`: strings, booleans or null, never numbers.
    record BodyIn(List<String> path, Set<JsonNode> values) implements Conjunct {
        public BodyIn {
            path = List.copyOf(path);
            values = Set.copyOf(values);
        }
    }

    /// At `path` stands something, perhaps null.
    record BodyHas(List<String> path) implements Conjunct {
        public BodyHas {
            path = List.copyOf(path);
        }
    }

    /// At `path` stands a string that starts with `prefix`.
    record BodyStartsWith(List<String> path, String prefix) implements Conjunct {
        public BodyStartsWith {
            path = List.copyOf(path);
        }
    }

    /// The first value of the header is one of `values`, none of which is empty.
    ///
    /// @param canonicalName in Go's canonical form
    record HeaderIn(String canonicalName, Set<String> values) implements Conjunct {
        public HeaderIn {
            values = Set.copyOf(values);
        }
    }
}
