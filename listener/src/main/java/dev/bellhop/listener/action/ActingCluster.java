package dev.bellhop.listener.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.Answer;
import dev.bellhop.spi.action.Cluster;
import dev.bellhop.spi.action.Effect;
import io.vertx.core.http.HttpMethod;

/// The cluster as the actions of one delivery may use it: always as somebody, never with the listener's own rights, and in the
/// Trigger's own namespace alone when it borrows the EventListener's ServiceAccount.
final class ActingCluster implements Cluster {
    private static final String NOBODY = "there is no ServiceAccount to act as: set serviceAccountName of the Trigger, or of its "
            + "EventListener";

    private final ApiConnection api;
    private final Discovery discovery;
    private final ObjectCreator creator;
    private final Order order;
    private final Reach reach;
    private final String step;

    /// How far a delivery reaches.
    ///
    /// @param ownNamespaceOnly whether it borrows its rights
    /// @param clusterScoped    whether the admin lets Triggers write outside of namespaces
    record Reach(boolean ownNamespaceOnly, boolean clusterScoped) {}

    ActingCluster(ApiConnection api, Discovery discovery, ObjectCreator creator, Order order, Reach reach,
            String step) {
        this.api = api;
        this.discovery = discovery;
        this.creator = creator;
        this.order = order;
        this.reach = reach;
        this.step = step;
    }

    @Override
    public Optional<Served> find(String apiVersion, String kind) throws ApiConnection.NoAnswer {
        return discovery.find(apiVersion, kind)
                .map(found -> new Served(found.path(), found.plural(), found.namespaced()));
    }

    @Override
    public Answer ask(Method method, String path, Optional<Content> body) throws ApiConnection.NoAnswer {
        var objection = objection(method, path);
        if (objection.isPresent()) {
            // As the API server would: 403 is not tried again.
            return new Answer(403, JsonNodeFactory.instance.objectNode().put("message", objection.get()),
                    Optional.empty());
        }
        var response = api.ask(HttpMethod.valueOf(method.name()), path, body.map(Content::type).orElse(""),
                body.map(content -> Json.write(content.json())), order.actingUser());
        return new Answer(response.status(), Json.read(response.body()), response.retryAfter());
    }

    @Override
    public ActionResult create(ObjectNode object, String part) {
        var target = object.path("metadata").path("namespace").asText();
        if (order.actingUser().isEmpty()) {
            return ActionResult.Failed.lasting(NOBODY);
        }
        if (reach.ownNamespaceOnly() && !target.isEmpty() && !target.equals(own())) {
            return ActionResult.Failed.lasting(elsewhere(target));
        }
        var ordered = new Order(order.eventId(), order.door(), order.trigger(), order.identity(), order.hops(),
                order.actingUser(), List.of(object));
        var name = part.isEmpty() ? "a" + step : "a" + step + "." + part;
        return switch (creator.create(ordered, object.deepCopy(), name, object.path("kind").asText())) {
            case Placement.Placed.Made(var made) -> ActionResult.Done.of(effect(made));
            case Placement.Placed.Problem(var why, var retryable, var after) ->
                new ActionResult.Failed(why, retryable, after);
        };
    }

    private static Effect effect(ObjectRef made) {
        return new Effect("created", made.apiVersion(), made.kind(), made.namespace(), made.name(), made.uid());
    }

    @Override
    public String actsAs() {
        return order.actingUser().orElse("nobody");
    }

    private Optional<String> objection(Method method, String path) {
        if (order.actingUser().isEmpty()) {
            return Optional.of(NOBODY);
        }
        var segments = segments(path);
        if (segments.contains("..") || segments.contains(".")) {
            return Optional.of("the path " + path + " leads elsewhere");
        }
        int namespaces = segments.indexOf("namespaces");
        boolean inNamespace = namespaces >= 0 && segments.size() > namespaces + 2;
        if (!inNamespace) {
            if (reach.ownNamespaceOnly()) {
                return Optional.of(path
                        + " is not in a namespace, and a Trigger without a serviceAccountName acts in its "
                        + "own namespace '" + own() + "' only: name a ServiceAccount of " + own() + " that may");
            }
            return method == Method.GET || reach.clusterScoped()
                    ? Optional.empty()
                    : Optional.of(path + " " + ObjectCreator.NOT_NAMESPACED);
        }
        var target = segments.get(namespaces + 1);
        return reach.ownNamespaceOnly() && !target.equals(own())
                ? Optional.of(elsewhere(target))
                : Optional.empty();
    }

    private static List<String> segments(String path) {
        int query = path.indexOf('?');
        return new ArrayList<>(List.of((query < 0 ? path : path.substring(0, query)).split("/", -1)));
    }

    private String own() {
        return order.trigger().namespace();
    }

    private String elsewhere(String target) {
        return "the action acts in namespace '" + target
                + "', but a Trigger without a serviceAccountName acts in its own "
                + "namespace '" + own() + "' only: name a ServiceAccount of " + own() + " that may";
    }
}
