package dev.bellhop.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An immutable set of field paths, as a tree; its JSON form is what `managedFields` calls FieldsV1.
///
/// @param member whether the path that ends here is in the set
/// @param children the paths that go on, by their next step: `f:name`, `k:{"name":"x"}`, `v:"value"`
public record FieldSet(boolean member, Map<String, FieldSet> children) {

    public static final FieldSet EMPTY = new FieldSet(false, Map.of());
    static final FieldSet LEAF = new FieldSet(true, Map.of());

    /// Every field that a value sets. Containers count for themselves only when empty or elements of a list.
    public static FieldSet of(JsonNode value, Schema schema) {
        return of(value, schema, false);
    }

    /// As [#of], with every container counted too: the set of a value that was not there before.
    static FieldSet whole(JsonNode value, Schema schema) {
        return of(value, schema, true);
    }

    private static FieldSet of(JsonNode value, Schema schema, boolean containers) {
        if (!Steps.isGranular(value, schema) || value.isEmpty()) {
            return LEAF;
        }
        var children = new TreeMap<String, FieldSet>();
        Steps.into(value, schema, (step, child, sub) -> {
            FieldSet below = of(child, sub, containers);
            children.put(step, step.startsWith("f:") ? below : new FieldSet(true, below.children()));
        });
        return new FieldSet(containers, children);
    }

    public boolean isEmpty() {
        return !member && children.isEmpty();
    }

    public FieldSet union(FieldSet other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        var all = new TreeMap<>(children);
        other.children.forEach((step, child) -> all.merge(step, child, FieldSet::union));
        return new FieldSet(member || other.member, all);
    }

    public FieldSet minus(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        var rest = new TreeMap<String, FieldSet>();
        children.forEach((step, child) -> {
            FieldSet left = child.minus(other.children.getOrDefault(step, EMPTY));
            if (!left.isEmpty()) {
                rest.put(step, left);
            }
        });
        return new FieldSet(member && !other.member, rest);
    }

    public FieldSet intersect(FieldSet other) {
        var common = new TreeMap<String, FieldSet>();
        children.forEach((step, child) -> {
            FieldSet both = child.intersect(other.children.getOrDefault(step, EMPTY));
            if (!both.isEmpty()) {
                common.put(step, both);
            }
        });
        return new FieldSet(member && other.member, common);
    }

    FieldSet at(String step) {
        return children.getOrDefault(step, EMPTY);
    }

    /// Without some paths and everything below them.
    FieldSet without(List<List<String>> paths) {
        FieldSet rest = this;
        for (List<String> path : paths) {
            rest = rest.withoutPath(path);
        }
        return rest;
    }

    private FieldSet withoutPath(List<String> path) {
        FieldSet child = children.get(path.getFirst());
        if (child == null) {
            return this;
        }
        var rest = new TreeMap<>(children);
        FieldSet left = path.size() == 1 ? EMPTY : child.withoutPath(path.subList(1, path.size()));
        if (left.isEmpty()) {
            rest.remove(path.getFirst());
        } else {
            rest.put(path.getFirst(), left);
        }
        return new FieldSet(member, rest);
    }

    /// The paths as messages show them: `.spec.ports[port=80].name`.
    public List<String> paths() {
        var paths = new ArrayList<String>();
        collect("", paths);
        return paths;
    }

    private void collect(String path, List<String> paths) {
        if (member) {
            paths.add(path);
        }
        children.forEach((step, child) -> child.collect(path + Steps.shown(step), paths));
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        if (member && !children.isEmpty()) {
            json.putObject(".");
        }
        children.forEach((step, child) -> json.set(step, child.toJson()));
        return json;
    }

    public static FieldSet parse(JsonNode json) {
        return parse(json, false);
    }

    private static FieldSet parse(JsonNode json, boolean nested) {
        var children = new TreeMap<String, FieldSet>();
        json.properties().forEach(entry -> {
            if (!".".equals(entry.getKey())) {
                children.put(entry.getKey(), parse(entry.getValue(), true));
            }
        });
        return new FieldSet(json.has(".") || (nested && children.isEmpty()), children);
    }
}
