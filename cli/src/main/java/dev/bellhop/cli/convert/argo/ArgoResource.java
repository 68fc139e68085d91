package dev.bellhop.cli.convert.argo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.convert.draft.Cel;
import dev.bellhop.cli.convert.draft.Fields;
import dev.bellhop.cli.convert.draft.Rights;

/// The `resource` events of an EventSource.
final class ArgoResource {
    private ArgoResource() {}

    static SourceKind read(Fields fields) {
        var spec = JsonNodeFactory.instance.objectNode();
        var group = fields.text("group").orElse("");
        var resource = fields.text("resource").orElse("");
        if (!group.isEmpty()) {
            spec.put("group", group);
        }
        fields.text("version").ifPresent(version -> spec.put("version", version));
        spec.put("resource", resource);
        var namespace = fields.text("namespace").orElse(Rights.EVERYWHERE);
        spec.putObject("namespaces").putArray("matchNames").add(namespace);
        fields.texts("eventTypes").forEach(type -> spec.withArray("events").add(type.toLowerCase(Locale.ROOT)));
        var filter = fields.objectOrNone("filter");
        filter.text("prefix").ifPresent(prefix -> spec.put("namePrefix", prefix));
        filter.objects("labels").forEach(label -> label(label, spec));
        filter.objects("fields").forEach(field -> field(field, spec));
        filter.text("createdBy").ifPresent(time -> spec.put("createdBefore", time));
        if (filter.flag("afterStart")) {
            spec.put("afterStart", true);
        } else {
            fields.report().check(fields.path(), "",
                    "objects that exist already are not brought, where Argo Events brings them"
                            + " at every start: set resource.initial to add if they have to be, once");
        }
        return new SourceKind.Sourced("resource", spec, Optional.of(new SourceKind.Reads(namespace, group, resource)));
    }

    private static void label(Fields label, ObjectNode spec) {
        var key = label.text("key").orElse("");
        var value = label.text("value").orElse("");
        var operation = label.text("operation").orElse("==");
        switch (operation) {
            case "=", "==" -> spec.withObject("/labelSelector/matchLabels").put(key, value);
            case "!=" -> requirement(spec, key, "NotIn", List.of(value));
            case "in" -> requirement(spec, key, "In", list(value));
            case "notin" -> requirement(spec, key, "NotIn", list(value));
            case "exists" -> requirement(spec, key, "Exists", List.of());
            case "!" -> requirement(spec, key, "DoesNotExist", List.of());
            default -> {
                label.report().lost(label.path("operation"), operation,
                        "label selectors have no such operation, and more"
                                + " objects are brought without it: add a cel filter to the Triggers, such as int(body.metadata.labels["
                                + Cel.quote(key) + "]) > " + value);
            }
        }
    }

    private static void requirement(ObjectNode spec, String key, String operator, List<String> values) {
        var requirement = spec.withObject("/labelSelector").withArray("matchExpressions").addObject().put("key", key)
                .put("operator", operator);
        if (!values.isEmpty()) {
            values.forEach(requirement.putArray("values")::add);
        }
    }

    private static List<String> list(String values) {
        return Arrays.stream(values.split(",", -1)).map(String::strip).toList();
    }

    /// A value is a regular expression there; an empty one was meant as the empty text. A field that is missing never passes.
    private static void field(Fields field, ObjectNode spec) {
        var path = field.text("key").orElse("");
        var value = field.text("value").orElse("");
        boolean not = field.text("operation").orElse("==").equals("!=");
        var conditions = spec.withArray("fields");
        if (not) {
            conditions.addObject().put("path", path).put("operator", "exists");
        }
        var condition = conditions.addObject().put("path", path);
        if (value.isEmpty()) {
            condition.put("operator", not ? "!=" : "=");
        } else {
            condition.put("operator", not ? "!matches" : "matches");
        }
        condition.put("value", value);
    }
}
