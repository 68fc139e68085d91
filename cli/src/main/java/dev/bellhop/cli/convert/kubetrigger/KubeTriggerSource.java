package dev.bellhop.cli.convert.kubetrigger;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.convert.draft.Fields;
import dev.bellhop.cli.convert.draft.InputObject;
import dev.bellhop.cli.convert.draft.Rights;
import dev.bellhop.cli.convert.draft.SourceDraft;
import dev.bellhop.cli.convert.expression.Place;
import dev.bellhop.cli.convert.expression.Roots;
import dev.bellhop.cli.convert.expression.Step;

/// A source of kube-trigger: what it brings, and where filters find that.
///
/// @param type  our field of an EventSource
/// @param spec  what stands in it
/// @param where the namespace of what its events are about
record KubeTriggerSource(String type, ObjectNode spec, String where) {
    private static final Map<String, String> CHANGES = Map.of("create", "add", "update", "update", "delete", "delete");
    private static final Map<String, String> SOURCES = Map.of("resource-watcher", "resource", "cronjob", "cron");

    /// Reads one; empty, and reported, when it is of an unknown type.
    static Optional<KubeTriggerSource> of(InputObject object, Fields source) {
        var type = source.text("type").orElse("");
        var properties = source.objectOrNone("properties");
        return switch (type) {
            case "resource-watcher" -> Optional.of(resource(object, properties));
            case "cronjob" -> Optional.of(cron(object, properties));
            default -> {
                source.takeAll();
                properties.takeAll();
                source.report().lost(source.path("type"), type, "there is no such source: this trigger is left out."
                        + " resource-watcher and cronjob are converted; webhook-trigger was never built, an EventListener"
                        + " does what it was meant for");
                yield Optional.empty();
            }
        };
    }

    private static KubeTriggerSource resource(InputObject object, Fields properties) {
        var spec = JsonNodeFactory.instance.objectNode();
        properties.text("apiVersion").ifPresent(value -> spec.put("apiVersion", value));
        properties.text("kind").ifPresent(value -> spec.put("kind", value));
        var namespace = properties.text("namespace").orElse(Rights.EVERYWHERE);
        if (!namespace.equals(object.namespace())) {
            spec.withObject("/namespaces").putArray("matchNames").add(namespace);
        }
        for (var change : properties.texts("events")) {
            if (CHANGES.containsKey(change)) {
                spec.withArray("events").add(CHANGES.get(change));
            } else {
                properties.report().lost(properties.path("events"), change, "an event is create, update or delete");
            }
        }
        properties.object("matchingLabels")
                .ifPresent(labels -> spec.withObject("/labelSelector").set("matchLabels", labels.whole()));
        var clusters = properties.texts("clusters");
        if (!clusters.isEmpty() && !clusters.equals(List.of("local"))) {
            for (var cluster : clusters) {
                var entry = spec.withArray("clusters").addObject().put("name", cluster);
                if (!cluster.equals("local")) {
                    entry.putObject("secretRef").put("name", cluster);
                    properties.report().check(properties.path("clusters"), cluster, "copy Secret " + cluster
                            + " from vela-system into namespace " + object.namespace()
                            + "; it needs endpoint, tls.crt, tls.key and ca.crt");
                }
            }
        }
        return new KubeTriggerSource("resource", spec, namespace);
    }

    private static KubeTriggerSource cron(InputObject object, Fields properties) {
        var spec = JsonNodeFactory.instance.objectNode();
        properties.text("schedule").ifPresent(schedule -> {
            // The standard parser of Go's cron has a word for intervals.
            if (schedule.startsWith("@every ")) {
                spec.put("interval", schedule.substring("@every ".length()).strip());
            } else {
                spec.put("schedule", schedule);
            }
        });
        properties.text("timeZone").ifPresent(zone -> spec.put("timeZone", zone));
        return new KubeTriggerSource("cron", spec, object.namespace());
    }

    boolean isResource() {
        return type.equals("resource");
    }

    void write(SourceDraft draft, Rights rights) {
        draft.of(type).setAll(spec);
        if (isResource()) {
            rights.allowKind(where, spec.path("apiVersion").asText(), spec.path("kind").asText(),
                    List.of("get", "list", "watch"));
        }
    }

    /// Where `context` is found.
    Roots roots() {
        return new Roots() {
            @Override
            public Optional<Place> place(List<Step> path) {
                if (path.size() < 2 || !path.getFirst().equals(new Step.Name("context"))
                        || !(path.get(1) instanceof Step.Name(var part))) {
                    return Optional.empty();
                }
                var rest = path.subList(2, path.size());
                return switch (part) {
                    case "data" -> isResource() ? Optional.of(Place.inObject("body", rest)) : time(rest);
                    case "event" -> isResource() ? event(rest) : time(rest);
                    case "sourceType" -> rest.isEmpty() ? Optional.of(Place.text("event.source")) : Optional.empty();
                    case "timestamp" ->
                        rest.isEmpty() ? Optional.of(Place.text("string(event.time)")) : Optional.empty();
                    default -> Optional.empty();
                };
            }

            @Override
            public String word(List<Step> path, String word) {
                if (path.equals(Step.names("context", "sourceType"))) {
                    return SOURCES.getOrDefault(word, word);
                }
                return path.equals(Step.names("context", "event", "type")) ? CHANGES.getOrDefault(word, word) : word;
            }
        };
    }

    private static Optional<Place> event(List<Step> rest) {
        return rest.equals(Step.names("type")) || rest.equals(Step.names("cluster"))
                ? Optional.of(Place.text("event." + ((Step.Name) rest.getFirst()).name()))
                : Optional.empty();
    }

    private static Optional<Place> time(List<Step> rest) {
        if (rest.equals(Step.names("schedule")) || rest.equals(Step.names("timeZone"))) {
            return Optional.of(Place.text("body." + ((Step.Name) rest.getFirst()).name()));
        }
        return rest.equals(Step.names("timeFired")) ? Optional.of(Place.text("string(event.time)")) : Optional.empty();
    }
}
