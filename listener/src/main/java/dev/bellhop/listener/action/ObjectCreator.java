package dev.bellhop.listener.action;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.listener.action.ApiConnection.NoAnswer;
import dev.bellhop.listener.action.Placement.Placed;
import dev.bellhop.listener.journal.ObjectRef;

/// Creates the objects of a delivery, in order, so that trying again creates nothing twice: names are made from what the
/// object is, and one that exists already with the annotation of this delivery counts as done.
public final class ObjectCreator {
    /// What is said to a kind without namespaces that the admin has not allowed.
    static final String NOT_NAMESPACED = "is not namespaced; the admin has to allow such kinds with --allow-cluster-scoped";

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
            switch (createOne(order, i)) {
                case Placed.Made(var object) -> created.add(object);
                case Placed.Problem(var why, var retryable, var after) -> {
                    return new Result.Failed(List.copyOf(created), why, retryable, after);
                }
            }
        }
        return new Result.Created(List.copyOf(created));
    }

    private Placed createOne(Order order, int index) {
        var object = order.resources().get(index).deepCopy();
        return create(order, object, String.valueOf(index),
                object.path("kind").asText() + " (resource " + index + " of the template)");
    }

    /// Creates `object`, which is `part` of `order`, and which messages call `what`. The object is changed.
    Placed create(Order order, ObjectNode object, String part, String what) {
        var apiVersion = object.path("apiVersion").asText();
        var kind = object.path("kind").asText();
        try {
            var resource = discovery.find(apiVersion, kind);
            if (resource.isEmpty()) {
                return passing(what + ": the API server serves no " + kind + " of " + apiVersion);
            }
            if (!resource.get().namespaced() && !clusterScopedAllowed) {
                return lasting(what + ": " + NOT_NAMESPACED);
            }
            var problem = prepare(object, order, resource.get().namespaced())
                    .or(() -> mark(object, order, part));
            return problem.isPresent()
                    ? lasting(what + ": " + problem.get())
                    : new Placement(api, order, part, object, resource.get()).place();
        } catch (NoAnswer e) {
            return passing(what + ": " + e.getMessage());
        }
    }

    private static Placed lasting(String why) {
        return new Placed.Problem(why, false, Optional.empty());
    }

    private static Placed passing(String why) {
        return new Placed.Problem(why, true, Optional.empty());
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
        labels.put(switch (order.door().kind()) {
            case EVENT_LISTENER -> Bellhop.LABEL_EVENT_LISTENER;
            case EVENT_SOURCE -> Bellhop.LABEL_EVENT_SOURCE;
        }, order.door().name().name());
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

    /// Says on the object for what it was made; says what is wrong with its annotations, empty when nothing is.
    private static Optional<String> mark(ObjectNode object, Order order, String part) {
        var metadata = object.withObjectProperty("metadata");
        if (metadata.hasNonNull("annotations") && !metadata.get("annotations").isObject()) {
            return Optional.of("metadata.annotations is no object");
        }
        if (!metadata.path("annotations").isObject()) {
            metadata.remove("annotations");
        }
        metadata.withObjectProperty("annotations").put(Bellhop.ANNOTATION_DELIVERY, order.identity().mark(part))
                .put(Bellhop.ANNOTATION_RECEIVED_AT, order.identity().receivedAt().toString());
        if (order.hops() > 0) {
            // A watch of what is made here counts on, and stops a loop.
            metadata.withObjectProperty("annotations").put(Bellhop.ANNOTATION_HOPS, Integer.toString(order.hops()));
        }
        return Optional.empty();
    }
}
