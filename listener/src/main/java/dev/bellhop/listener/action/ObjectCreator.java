package dev.bellhop.listener.action;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.listener.action.ApiConnection.NoAnswer;
import dev.bellhop.listener.action.ApiConnection.Response;
import dev.bellhop.listener.journal.ObjectRef;
import io.vertx.core.http.HttpMethod;

/// Creates the objects of a delivery, in order, so that trying again creates nothing twice: names are made from what the
/// object is, and one that exists already with the label of this event counts as done.
public final class ObjectCreator {
    private static final int NAME_ATTEMPTS = 3;

    private final ApiConnection api;
    private final Discovery discovery;
    private final boolean clusterScopedAllowed;

    /// `clusterScopedAllowed` is whether the admin lets Triggers create objects outside of namespaces.
    public ObjectCreator(ApiConnection api, Clock clock, boolean clusterScopedAllowed) {
        this.api = api;
        this.discovery = new Discovery(api, clock);
        this.clusterScopedAllowed = clusterScopedAllowed;
    }

    /// Creates what `order` asks for, beginning after the objects `soFar` that an earlier try made: those are not looked at
    /// again, so that one that was deleted since stays deleted. Tells `progress` of every object but the last as soon as it
    /// exists. Blocks; stops at the first object that cannot be created.
    public Result create(Order order, List<ObjectRef> soFar, Consumer<List<ObjectRef>> progress) {
        var created = new ArrayList<>(soFar);
        for (int i = soFar.size(); i < order.resources().size(); i++) {
            if (created.size() > soFar.size()) {
                progress.accept(List.copyOf(created));
            }
            var problem = createOne(order, i, created);
            if (problem.isPresent()) {
                return new Result.Failed(List.copyOf(created), problem.get().why, problem.get().retryable,
                        problem.get().after);
            }
        }
        return new Result.Created(List.copyOf(created));
    }

    private record Problem(String why, boolean retryable, Optional<Duration> after) {
        static Problem lasting(String why) {
            return new Problem(why, false, Optional.empty());
        }

        static Problem passing(String why) {
            return new Problem(why, true, Optional.empty());
        }
    }

    private Optional<Problem> createOne(Order order, int index, List<ObjectRef> created) {
        var object = order.resources().get(index).deepCopy();
        var apiVersion = object.path("apiVersion").asText();
        var kind = object.path("kind").asText();
        var what = kind + " (resource " + index + " of the template)";
        try {
            var resource = discovery.find(apiVersion, kind);
            if (resource.isEmpty()) {
                return Optional.of(Problem.passing(what + ": the API server serves no " + kind + " of " + apiVersion));
            }
            if (!resource.get().namespaced() && !clusterScopedAllowed) {
                return Optional.of(Problem.lasting(
                        what + ": is not namespaced; the admin has to allow such kinds with --allow-cluster-scoped"));
            }
            var problem = prepare(object, order, resource.get().namespaced());
            return problem.isPresent()
                    ? problem.map(why -> Problem.lasting(what + ": " + why))
                    : post(object, order, index, resource.get(), created);
        } catch (NoAnswer e) {
            return Optional.of(Problem.passing(what + ": " + e.getMessage()));
        }
    }

    /// Puts namespace and labels into a rendered object; says what is wrong with its metadata, empty when nothing is.
    public static Optional<String> prepare(ObjectNode object, Order order, boolean namespaced) {
        if (!(object.path("metadata") instanceof ObjectNode) && object.has("metadata")) {
            return Optional.of("metadata is no object");
        }
        var metadata = object.withObjectProperty("metadata");
        if (metadata.has("labels") && !metadata.get("labels").isObject()) {
            return Optional.of("metadata.labels is no object");
        }
        var labels = metadata.withObjectProperty("labels");
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            if (!label.getValue().isTextual()) {
                return Optional.of("metadata.labels." + label.getKey() + " must be text, but is " + label.getValue());
            }
        }
        labels.put(Bellhop.LABEL_EVENT_LISTENER, order.listener().name());
        labels.put(Bellhop.LABEL_TRIGGER, order.trigger().name());
        labels.put(Bellhop.LABEL_EVENT_ID, order.eventId().value());
        if (namespaced && metadata.path("namespace").asText().isEmpty()) {
            metadata.put("namespace", order.trigger().namespace());
        }
        if (metadata.path("name").asText().isEmpty() && metadata.path("generateName").asText().isEmpty()) {
            return Optional.of("metadata has neither name nor generateName");
        }
        return Optional.empty();
    }

    private Optional<Problem> post(ObjectNode object, Order order, int index, KindResource resource,
            List<ObjectRef> created)
            throws NoAnswer {
        var metadata = (ObjectNode) object.get("metadata");
        var fixedName = metadata.path("name").asText();
        var prefix = metadata.path("generateName").asText();
        var namespace = Optional.of(metadata.path("namespace").asText()).filter(name -> !name.isEmpty());
        var collection = resource.collection(namespace);
        metadata.remove("generateName");
        var taken = "";
        for (int attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
            var name = fixedName.isEmpty() ? ObjectNames.of(prefix, identity(order, index, attempt)) : fixedName;
            metadata.put("name", name);
            var response = api.ask(HttpMethod.POST, collection, Optional.of(Json.write(object)), order.actingUser());
            if (response.status() < 300) {
                created.add(ref(Json.read(response.body())));
                return Optional.empty();
            }
            if (!isNameTaken(response)) {
                return Optional.of(refused(object, order, response));
            }
            var existing = api.ask(HttpMethod.GET, collection + "/" + name, Optional.empty(), order.actingUser());
            var there = Json.read(existing.body());
            if (existing.status() == 200 && isOurs(there, order)) {
                created.add(ref(there));
                return Optional.empty();
            }
            if (existing.status() == 403 && fixedName.isEmpty()) {
                // The account may create but not get. The name is 10 characters of SHA-256 of this very delivery: it is ours.
                created.add(new ObjectRef(text(object, "apiVersion"), text(object, "kind"), namespace.orElse(""), name,
                        ""));
                return Optional.empty();
            }
            taken = name;
            if (!fixedName.isEmpty()) {
                break;
            }
        }
        return Optional.of(Problem.lasting(text(object, "kind") + " '" + taken
                + "' exists already and was not made by this event; use generateName, or a name that holds a value of the event"));
    }

    private static String identity(Order order, int index, int attempt) {
        return String.join("|", order.eventId().value(), order.trigger().toString(), order.triggerUid(),
                Integer.toString(index), Integer.toString(attempt));
    }

    private static boolean isNameTaken(Response response) {
        return response.status() == 409 && "AlreadyExists".equals(Json.read(response.body()).path("reason").asText());
    }

    private static boolean isOurs(JsonNode object, Order order) {
        var labels = object.path("metadata").path("labels");
        return order.eventId().value().equals(labels.path(Bellhop.LABEL_EVENT_ID).asText())
                && order.trigger().name().equals(labels.path(Bellhop.LABEL_TRIGGER).asText());
    }

    /// What can get better: 408, 409 (a conflict other than the name), 429, 5xx, a quota or a namespace that is not there yet.
    /// What cannot: the rest, above all 400, 403 and 422.
    private static Problem refused(ObjectNode object, Order order, Response response) {
        var status = Json.read(response.body());
        var message = status.path("message").asText("");
        boolean quota = response.status() == 403 && message.contains("exceeded quota");
        boolean retryable = quota || switch (response.status()) {
            case 404, 408, 409, 429 -> true;
            default -> response.status() >= 500 || response.status() == 401;
        };
        var who = order.actingUser().orElse("the listener itself");
        return new Problem(
                "creating " + text(object, "kind") + " as " + who + " was answered " + response.status() + ": "
                        + (message.isEmpty() ? response.body().toString() : message),
                retryable, response.retryAfter());
    }

    private static ObjectRef ref(JsonNode object) {
        var metadata = object.path("metadata");
        return new ObjectRef(text(object, "apiVersion"), text(object, "kind"), text(metadata, "namespace"),
                text(metadata, "name"), text(metadata, "uid"));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
