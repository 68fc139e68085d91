package dev.bellhop.engine.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.engine.render.TemplateNode.Filled;
import dev.bellhop.engine.render.TemplateNode.Fixed;
import dev.bellhop.engine.render.TemplateNode.Mapping;
import dev.bellhop.engine.render.TemplateNode.Sequence;

/// Turns the resources of a template into trees, and notes all that is wrong with them.
final class TemplateParser {
    private final Set<String> declared;
    private final Map<String, Integer> slots = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    TemplateParser(Set<String> declared) {
        this.declared = declared;
    }

    /// The params that are used, in the order of their slots.
    List<String> params() {
        return List.copyOf(slots.keySet());
    }

    List<String> problems() {
        return problems;
    }

    /// The tree of an object of the template, without one when it is no object.
    Optional<Mapping> resource(String path, JsonNode resource) {
        if (!resource.isObject()) {
            problems.add(path + ": is " + resource.getNodeType() + "; it must be an object with apiVersion and kind");
            return Optional.empty();
        }
        require(path, resource, "apiVersion", "v1");
        require(path, resource, "kind", "ConfigMap");
        return Optional.of(mapping(path, resource));
    }

    private void require(String path, JsonNode resource, String field, String example) {
        var value = resource.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            problems.add(path + "." + field + ": is missing or no text; write for example " + field + ": " + example);
        }
    }

    private TemplateNode node(String path, JsonNode node) {
        if (node.isTextual()) {
            var text = text(path, node.textValue());
            return text.verbatim().isPresent() ? new Fixed(node) : new Filled(text);
        }
        if (node.isArray()) {
            var items = new ArrayList<TemplateNode>(node.size());
            for (int i = 0; i < node.size(); i++) {
                items.add(node(path + "[" + i + "]", node.get(i)));
            }
            return new Sequence(items);
        }
        return node.isObject() ? mapping(path, node) : new Fixed(node);
    }

    private Mapping mapping(String path, JsonNode object) {
        var entries = new ArrayList<Mapping.Entry>(object.size());
        for (var field : object.properties()) {
            var key = text(path, field.getKey());
            entries.add(new Mapping.Entry(key, node(path + "." + field.getKey(), field.getValue())));
        }
        return new Mapping(path, entries);
    }

    private Text text(String path, String written) {
        return switch (Text.parse(written, name -> slot(path, name))) {
            case Text.Parsed.Sound(var text) -> text;
            case Text.Parsed.Broken(var why) -> {
                problems.add(path + ": " + why);
                yield new Text(List.of(new Text.Piece.Verbatim(written)));
            }
        };
    }

    private int slot(String path, String name) {
        if (!declared.contains(name)) {
            problems.add(path + ": '$(tt.params." + name
                    + ")' is not declared; add it to params or correct the name (declared: "
                    + (declared.isEmpty() ? "none" : String.join(", ", declared)) + ")");
        }
        return slots.computeIfAbsent(name, _ -> slots.size());
    }
}
