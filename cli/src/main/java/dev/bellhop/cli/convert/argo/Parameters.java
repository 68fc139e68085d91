package dev.bellhop.cli.convert.argo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.cli.convert.draft.Cel;
import dev.bellhop.cli.convert.draft.Fields;
import dev.bellhop.cli.convert.expression.Place;

/// Puts values of events into what a trigger sends.
final class Parameters {
    private final Map<String, ArgoData> dependencies;

    /// @param dependencies where the data of each dependency is found
    Parameters(Map<String, ArgoData> dependencies) {
        this.dependencies = Map.copyOf(dependencies);
    }

    /// The fields of a trigger's kind, with the values of its own `parameters` in them.
    Fields filled(Fields kind) {
        var changed = apply(kind.whole(), kind.objects("parameters"));
        var fields = changed instanceof ObjectNode object ? new Fields(object, kind.path(), kind.report()) : kind;
        fields.needless("parameters");
        return fields;
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
        var fixed = src.any("value").map(JsonNode::asText);
        var dataKey = src.text("dataKey");
        var dataTemplate = src.text("dataTemplate");
        var contextKey = src.text("contextKey");
        var contextTemplate = src.text("contextTemplate");
        var data = dependencies.get(from);
        if (data == null) {
            // That event is not there when the Trigger acts.
            return fixed.map(Parameters::literal);
        }
        if (dataTemplate.isPresent()) {
            return template(src, "dataTemplate", dataTemplate.get(), path -> GjsonPath.place(path, data), data);
        }
        if (dataKey.isPresent()) {
            return key(src, "dataKey", GjsonPath.place(dataKey.get(), data), data);
        }
        if (contextTemplate.isPresent()) {
            return template(src, "contextTemplate", contextTemplate.get(), data::context, data);
        }
        if (contextKey.isPresent()) {
            return key(src, "contextKey", data.context(contextKey.get()), data);
        }
        if (fixed.isPresent()) {
            return fixed.map(Parameters::literal);
        }
        src.report().check(src.path(), "",
                "the whole event is put here: it is the body alone, without Argo's envelope");
        return Optional.of(TextNode.valueOf(Cel.value(data.whole())));
    }

    private static Optional<JsonNode> template(Fields src, String field, String template,
            Function<String, Optional<Place>> input, ArgoData data) {
        var text = GoTemplate.translate(template, input);
        if (text.isEmpty()) {
            src.report().lost(src.path(field), template,
                    "only places of .Input, and the simplest functions, are converted" + wayOut(data));
        }
        return text.map(TextNode::valueOf);
    }

    private static Optional<JsonNode> key(Fields src, String field, Optional<Place> place, ArgoData data) {
        if (place.isEmpty()) {
            src.report().lost(src.path(field), src.text(field).orElse(""),
                    "there is nothing like it here" + wayOut(data));
            return Optional.empty();
        }
        if (place.get().fixed().isPresent()) {
            return place.get().fixed().map(Parameters::literal);
        }
        var fixed = src.any("value").map(JsonNode::asText);
        var cel = fixed.map(otherwise -> place.get().orValue(Cel.quote(otherwise))).orElse(place.get().cel());
        return Optional.of(TextNode.valueOf(
                src.flag("useRawData") || place.get().known() ? Cel.value(cel) : Cel.text(cel)));
    }

    private static String wayOut(ArgoData data) {
        return data.isAmongOthers()
                ? ": write ${{ CEL }} where the value belongs. Of events that wait for each other body and event are kept,"
                        + " and what overlays of a cel interceptor took from the rest, under extensions"
                : ": write ${{ CEL }} where the value belongs";
    }

    private static JsonNode literal(String text) {
        return TextNode.valueOf(Cel.verbatim(text));
    }
}
