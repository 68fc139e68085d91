package dev.bellhop.cli.convert.argo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.cli.convert.draft.Cel;
import dev.bellhop.cli.convert.expression.Place;
import dev.bellhop.cli.convert.expression.Roots;
import dev.bellhop.cli.convert.expression.Step;

/// Where the data and the context of Argo's events are found here.
final class ArgoData implements Roots {
    static final Set<String> KNOWN = Set.of("webhook", "github", "gitlab", "bitbucketserver", "resource", "calendar",
            "nats",
            "kafka");

    private final String type;
    private final String source;
    private final String event;
    private final boolean jsonBody;
    private final Optional<JsonNode> metadata;
    private final Map<List<Step>, Place> added;

    /// @param type     the EventSource's word for the kind of source
    /// @param source   name of the EventSource
    /// @param event    name of the event
    /// @param jsonBody whether the body of a message is JSON; otherwise Argo hands it on in base64
    /// @param metadata what the EventSource adds to each event
    ArgoData(String type, String source, String event, boolean jsonBody, Optional<JsonNode> metadata) {
        this(type, source, event, jsonBody, metadata, Map.of());
    }

    private ArgoData(String type, String source, String event, boolean jsonBody, Optional<JsonNode> metadata,
            Map<List<Step>, Place> added) {
        this.type = type;
        this.source = source;
        this.event = event;
        this.jsonBody = jsonBody;
        this.metadata = metadata;
        this.added = added;
    }

    /// The same, where a transformation put something at `path`.
    ArgoData with(List<Step> path, Place place) {
        var more = new LinkedHashMap<>(added);
        more.put(List.copyOf(path), place);
        return new ArgoData(type, source, event, jsonBody, metadata, more);
    }

    boolean isResource() {
        return type.equals("resource");
    }

    /// The fixed value of `type`, `source` or `subject` in the context.
    Optional<String> fixed(String attribute) {
        return switch (attribute) {
            case "type" -> Optional.of(type);
            case "source" -> Optional.of(source);
            case "subject" -> Optional.of(event);
            case "specversion" -> Optional.of("1.0");
            case "datacontenttype" -> Optional.of("application/json");
            default -> Optional.empty();
        };
    }

    /// An attribute of the context.
    Optional<Place> context(String attribute) {
        return switch (attribute) {
            case "id" -> Optional.of(Place.text("event.id"));
            case "time" -> Optional.of(Place.text("string(event.time)"));
            default -> fixed(attribute).map(value -> Place.fixed(value));
        };
    }

    @Override
    public Optional<Place> place(List<Step> path) {
        for (var entry : added.entrySet()) {
            var prefix = entry.getKey();
            if (path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix)) {
                var rest = path.subList(prefix.size(), path.size());
                return Optional.of(rest.isEmpty() ? entry.getValue() : Place.of(entry.getValue().cel(), rest));
            }
        }
        if (path.isEmpty()) {
            return Optional.empty();
        }
        var first = path.getFirst() instanceof Step.Name(var name) ? name : "";
        var rest = path.subList(1, path.size());
        return switch (first) {
            case "metadata" -> fromMetadata(rest);
            case "header", "headers" -> header(rest);
            case "body" -> body(rest);
            default -> rest.isEmpty()
                    ? own(first)
                    : type.equals("resource") && first.equals("oldBody")
                            ? Optional.of(Place.of("oldBody", rest))
                            : Optional.empty();
        };
    }

    private Optional<Place> body(List<Step> rest) {
        return switch (type) {
            case "resource" -> Optional.of(Place.inObject("body", rest));
            case "calendar" -> Optional.empty();
            case "nats", "kafka" -> jsonBody
                    ? Optional.of(Place.of("body", rest))
                    : rest.isEmpty() ? Optional.of(Place.text("base64.encode(bytes(raw))")) : Optional.empty();
            default -> hosted(rest).or(() -> Optional.of(Place.of("body", rest)));
        };
    }

    /// GitHub's headers, which Argo also writes into the body.
    private Optional<Place> hosted(List<Step> rest) {
        return type.equals("github") && rest.size() == 1 && rest.getFirst() instanceof Step.Name(var name)
                && Set.of("X-GitHub-Event", "X-GitHub-Delivery").contains(name)
                        ? Optional.of(Place.text("header.canonical(" + Cel.quote(name) + ")"))
                        : Optional.empty();
    }

    /// What the event has besides body and headers.
    private Optional<Place> own(String name) {
        return Optional.ofNullable(switch (type + "/" + name) {
            case "resource/type" -> Place.text("event.type.upperAscii()");
            case "resource/group", "resource/version", "resource/resource" -> Place.text("event." + name);
            case "resource/oldBody" -> Place.always("oldBody");
            case "calendar/eventTime" -> Place.text("body.scheduledTime");
            case "nats/subject" -> Place.text("event.subject");
            case "kafka/topic" -> Place.text("event.topic");
            case "kafka/partition" -> Place.always("event.partition");
            case "kafka/key" -> Place.of("event", Step.names("key"));
            case "kafka/timestamp" -> Place.text("string(event.time)");
            default -> null;
        });
    }

    /// Headers are lists there; whoever wants one takes the first.
    private Optional<Place> header(List<Step> rest) {
        boolean first = rest.size() == 2 && rest.get(1).equals(new Step.Index(0));
        if ((rest.size() != 1 && !first) || !(rest.getFirst() instanceof Step.Name(var name))
                || type.equals("resource") || type.equals("calendar")) {
            return Optional.empty();
        }
        var cel = "header.canonical(" + Cel.quote(name) + ")";
        return Optional.of(new Place(cel, List.of(), true, cel + " != ''"));
    }

    private Optional<Place> fromMetadata(List<Step> rest) {
        return rest.size() == 1 && rest.getFirst() instanceof Step.Name(var name)
                ? metadata.map(given -> given.get(name)).map(value -> Place.fixed(value.asText()))
                : Optional.empty();
    }
}
