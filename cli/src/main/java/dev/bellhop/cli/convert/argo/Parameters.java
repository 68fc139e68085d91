package dev.bellhop.cli.convert.argo;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.cli.convert.draft.Cel;
import dev.bellhop.cli.convert.draft.Fields;

/// Puts values of events into what a trigger sends, for one dependency of the Sensor.
final class Parameters {
    private final Dependency dependency;

    Parameters(Dependency dependency) {
        this.dependency = dependency;
    }

    /// `target` with the values of `parameters` in it.
    JsonNode apply(JsonNode target, List<Fields> parameters) {
        var result = target;
        for (var parameter : parameters) {
            var dest = parameter.text("dest").orElse("");
            var operation = parameter.text("operation").orElse("overwrite");
            var value = value(parameter.objectOrNone("src"));
            if (value.isEmpty()) {
                continue;
            }
            var changed = JsonPlace.set(result, dest, operation, value.get());
            if (changed.isPresent()) {
                result = changed.get();
            } else {
                parameter.report().lost(parameter.path("dest"), dest, "this place cannot be reached");
            }
        }
        return result;
    }

    /// The value of a source: first template, then key, then the fixed value; empty, and reported, when it is not converted.
    Optional<JsonNode> value(Fields src) {
        var from = src.text("dependencyName").orElse("");
        var fixed = src.any("value").map(value -> value.asText());
        var dataKey = src.text("dataKey");
        var dataTemplate = src.text("dataTemplate");
        var contextKey = src.text("contextKey");
        var contextTemplate = src.text("contextTemplate");
        boolean raw = src.flag("useRawData");
        if (!from.equals(dependency.name())) {
            // This event comes alone; the other is not there.
            return fixed.map(Parameters::literal);
        }
        if (dataTemplate.isPresent() || dataKey.isPresent()) {
            return template(src, "dataTemplate", dataTemplate, true).or(() -> dataTemplate.isPresent()
                    ? Optional.empty()
                    : key(src, "dataKey", dataKey, fixed, raw));
        }
        if (contextTemplate.isPresent() || contextKey.isPresent()) {
            return template(src, "contextTemplate", contextTemplate, false).or(() -> contextTemplate.isPresent()
                    ? Optional.empty()
                    : key(src, "contextKey", contextKey, fixed, raw));
        }
        if (fixed.isPresent()) {
            return fixed.map(Parameters::literal);
        }
        src.report().check(src.path(), "",
                "the whole event is put here: it is the body alone, without Argo's envelope");
        return Optional.of(TextNode.valueOf(Cel.value("raw")));
    }

    private Optional<JsonNode> template(Fields src, String field, Optional<String> template, boolean data) {
        if (template.isEmpty()) {
            return Optional.empty();
        }
        var text = GoTemplate.translate(template.get(), path -> data
                ? GjsonPath.place(path, dependency.data())
                : dependency.data().context(path));
        if (text.isEmpty()) {
            src.report().lost(src.path(field), template.get(),
                    "only places of .Input, and the simplest functions, are converted:"
                            + " write ${{ CEL }} where the value belongs");
        }
        return text.map(TextNode::valueOf);
    }

    private Optional<JsonNode> key(Fields src, String field, Optional<String> key, Optional<String> fixed,
            boolean raw) {
        var name = key.orElse("");
        var place = field.equals("dataKey")
                ? GjsonPath.place(name, dependency.data())
                : dependency.data().context(name);
        if (place.isEmpty()) {
            src.report().lost(src.path(field), name,
                    "there is nothing like it here: write ${{ CEL }} where the value belongs");
            return Optional.empty();
        }
        if (place.get().fixed().isPresent()) {
            return place.get().fixed().map(Parameters::literal);
        }
        var cel = fixed.map(otherwise -> place.get().orValue(Cel.quote(otherwise))).orElse(place.get().cel());
        return Optional.of(TextNode.valueOf(raw || place.get().known() ? Cel.value(cel) : Cel.text(cel)));
    }

    private static JsonNode literal(String text) {
        return TextNode.valueOf(Cel.verbatim(text));
    }
}
