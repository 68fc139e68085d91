package dev.bellhop.cli.convert.argo;

import java.util.ArrayList;
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
    private final Among among;

    /// How an event is seen when it is one of several that a Trigger waits for.
    ///
    /// @param name    under which it is found; empty when it comes alone
    /// @param certain whether it is always there
    private record Among(String name, boolean certain) {
        private static final Among NONE = new Among("", true);

        boolean alone() {
            return name.isEmpty();
        }
    }

    /// @param type     the EventSource's word for the kind of source
    /// @param source   name of the EventSource
    /// @param event    name of the event
    /// @param jsonBody whether the body of a message is JSON; otherwise Argo hands it on in base64
    /// @param metadata what the EventSource adds to each event
    ArgoData(String type, String source, String event, boolean jsonBody, Optional<JsonNode> metadata) {
        this(type, source, event, jsonBody, metadata, Map.of(), Among.NONE);
    }

    private ArgoData(String type, String source, String event, boolean jsonBody, Optional<JsonNode> metadata,
            Map<List<Step>, Place> added, Among among) {
        this.type = type;
        this.source = source;
        this.event = event;
        this.jsonBody = jsonBody;
        this.metadata = metadata;
        this.added = added;
        this.among = among;
    }

    /// The same for one of several events that a Trigger waits for, where bindings and actions find it.
    ///
    /// @param certain whether it is always there when the Trigger acts
    ArgoData among(String name, boolean certain) {
        return new ArgoData(type, source, event, jsonBody, metadata, added, new Among(name, certain));
    }

    /// Whether it is one of several, of which headers, raw bodies and old bodies are not kept.
    boolean isAmongOthers() {
        return !among.alone();
    }

    /// The body as text, in CEL.
    String whole() {
        return among.alone() ? "raw" : "json.encode(" + Cel.field("body", among.name()) + ")";
    }

    private String facts() {
        return among.alone() ? "event" : Cel.field("event.events", among.name());
    }

    private String guard() {
        return among.certain()
                ? ""
                : Cel.isName(among.name())
                        ? "has(" + Cel.field("body", among.name()) + ")"
                        : Cel.quote(among.name()) + " in body";
    }

    private Place fact(String cel, boolean text) {
        return new Place(cel, List.of(), text, guard());
    }

    private Place inBody(List<Step> rest) {
        if (among.alone() || among.certain()) {
            var root = among.alone() ? "body" : Cel.field("body", among.name());
            return isResource() ? Place.inObject(root, rest) : Place.of(root, rest);
        }
        var steps = new ArrayList<Step>(List.of(new Step.Name(among.name())));
        steps.addAll(rest);
        return Place.of("body", steps);
    }

    /// The same, where a transformation put something at `path`.
    ArgoData with(List<Step> path, Place place) {
        var more = new LinkedHashMap<>(added);
        more.put(List.copyOf(path), place);
        return new ArgoData(type, source, event, jsonBody, metadata, more, among);
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
            case "id" -> Optional.of(fact(facts() + ".id", true));
            case "time" -> Optional.of(fact("string(" + facts() + ".time)", true));
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
                    : type.equals("resource") && first.equals("oldBody") && among.alone()
                            ? Optional.of(Place.of("oldBody", rest))
                            : Optional.empty();
        };
    }

    private Optional<Place> body(List<Step> rest) {
        return switch (type) {
            case "calendar" -> Optional.empty();
            case "nats", "kafka" -> jsonBody
                    ? Optional.of(inBody(rest))
                    : rest.isEmpty() && among.alone()
                            ? Optional.of(Place.text("base64.encode(bytes(raw))"))
                            : Optional.empty();
            default -> isHeader(rest)
                    ? header(rest).map(header -> Place.text(header.cel()))
                    : Optional.of(inBody(rest));
        };
    }

    /// Whether it is one of GitHub's headers, which Argo also writes into the body.
    private boolean isHeader(List<Step> rest) {
        return type.equals("github") && rest.size() == 1 && rest.getFirst() instanceof Step.Name(var name)
                && Set.of("X-GitHub-Event", "X-GitHub-Delivery").contains(name);
    }

    /// What the event has besides body and headers.
    private Optional<Place> own(String name) {
        return Optional.ofNullable(switch (type + "/" + name) {
            case "resource/type" -> fact(facts() + ".type.upperAscii()", true);
            case "resource/group", "resource/version", "resource/resource", "nats/subject", "kafka/topic" ->
                fact(facts() + "." + name, true);
            case "resource/oldBody" -> among.alone() ? Place.always("oldBody") : null;
            case "calendar/eventTime" ->
                fact((among.alone() ? "body" : Cel.field("body", among.name())) + ".scheduledTime", true);
            case "kafka/partition" -> fact(facts() + ".partition", false);
            case "kafka/key" -> new Place(facts(), Step.names("key"), false, guard());
            case "kafka/timestamp" -> fact("string(" + facts() + ".time)", true);
            default -> null;
        });
    }

    /// Headers are lists there; whoever wants one takes the first.
    private Optional<Place> header(List<Step> rest) {
        boolean first = rest.size() == 2 && rest.get(1).equals(new Step.Index(0));
        if ((rest.size() != 1 && !first) || !(rest.getFirst() instanceof Step.Name(var name))
                || type.equals("resource") || type.equals("calendar") || !among.alone()) {
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
