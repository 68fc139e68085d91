package dev.bellhop.listener.action;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.listener.action.ApiConnection.NoAnswer;
import dev.bellhop.listener.action.ApiConnection.Response;
import dev.bellhop.listener.journal.ObjectRef;
import io.vertx.core.http.HttpMethod;

/// One object on its way into the cluster: finds it a name that nobody else took, or the object that an earlier try put there.
final class Placement {
    private static final int NAME_ATTEMPTS = 3;

    private final ApiConnection api;
    private final Order order;
    private final String part;
    private final ObjectNode object;
    private final ObjectNode metadata;
    private final String fixedName;
    private final String prefix;
    private final Optional<String> namespace;
    private final String collection;

    /// `object` is `part` of `order`, with all that [ObjectCreator] adds.
    Placement(ApiConnection api, Order order, String part, ObjectNode object, KindResource resource) {
        this.api = api;
        this.order = order;
        this.part = part;
        this.object = object;
        metadata = object.withObjectProperty("metadata");
        fixedName = text(metadata, "name");
        prefix = text(metadata, "generateName");
        namespace = Optional.of(text(metadata, "namespace")).filter(name -> !name.isEmpty());
        collection = resource.collection(namespace);
        metadata.remove("generateName");
    }

    /// What became of it.
    sealed interface Placed {
        /// It exists.
        record Made(ObjectRef object) implements Placed {}

        /// It does not.
        record Problem(String why, boolean retryable, Optional<Duration> after) implements Placed {}
    }

    /// What became of it under one name.
    private sealed interface Tried {
        record Ended(Placed placed) implements Tried {}

        record Taken(Identity.Whose whose) implements Tried {}
    }

    Placed place() throws NoAnswer {
        return fixedName.isEmpty() ? placeUnder("") : switch (tryName(fixedName)) {
            case Tried.Ended(var placed) -> placed;
            case Tried.Taken _ -> nameTaken(fixedName);
        };
    }

    private Placed placeUnder(String epoch) throws NoAnswer {
        for (int attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
            switch (tryName(name(epoch, attempt))) {
                case Tried.Ended(var placed) -> {
                    return placed;
                }
                case Tried.Taken(var whose) -> {
                    if (whose == Identity.Whose.EARLIER && epoch.isEmpty()) {
                        return placeApartFromEarlier();
                    }
                }
            }
        }
        return nameTaken(name(epoch, NAME_ATTEMPTS - 1));
    }

    /// The name belongs to an earlier time of the dedup key. Ours holds the number of the window; it may be there already
    /// with the number before, if a border between two windows has passed since.
    private Placed placeApartFromEarlier() throws NoAnswer {
        var justBefore = existing(name(order.identity().epoch(1), 0));
        return justBefore.isOurs() ? new Placed.Made(ref(justBefore.object)) : placeUnder(order.identity().epoch(0));
    }

    private Tried tryName(String name) throws NoAnswer {
        metadata.put("name", name);
        var response = api.ask(HttpMethod.POST, collection, Optional.of(Json.write(object)), order.actingUser());
        if (response.status() < 300) {
            return new Tried.Ended(new Placed.Made(ref(Json.read(response.body()))));
        }
        if (!isNameTaken(response)) {
            return new Tried.Ended(refused(response));
        }
        var existing = existing(name);
        if (existing.isOurs()) {
            return new Tried.Ended(new Placed.Made(ref(existing.object)));
        }
        if (existing.status == 403 && fixedName.isEmpty()) {
            // The account may create but not get. The name is 10 characters of SHA-256 of this very delivery: it is ours.
            return new Tried.Ended(new Placed.Made(new ObjectRef(text(object, "apiVersion"), text(object, "kind"),
                    namespace.orElse(""), name, "")));
        }
        return new Tried.Taken(existing.whose);
    }

    private String name(String epoch, int attempt) {
        return ObjectNames.of(prefix, order.identity().value() + "|" + part + epoch + "|" + attempt);
    }

    private record Existing(int status, JsonNode object, Identity.Whose whose) {
        boolean isOurs() {
            return status == 200 && whose == Identity.Whose.OURS;
        }
    }

    private Existing existing(String name) throws NoAnswer {
        var response = api.ask(HttpMethod.GET, collection + "/" + name, Optional.empty(), order.actingUser());
        var there = Json.read(response.body());
        return new Existing(response.status(), there, order.identity().whose(there, part));
    }

    private static boolean isNameTaken(Response response) {
        return response.status() == 409 && "AlreadyExists".equals(Json.read(response.body()).path("reason").asText());
    }

    private Placed nameTaken(String name) {
        return new Placed.Problem(
                text(object, "kind") + " '" + name + "' exists already and was not made by this event; "
                        + "use generateName, or a name that holds a value of the event",
                false, Optional.empty());
    }

    /// What can get better: 408, 409 (a conflict other than the name), 429, 5xx, a quota or a namespace that is not there yet.
    /// What cannot: the rest, above all 400, 403 and 422.
    private Placed refused(Response response) {
        var message = text(Json.read(response.body()), "message");
        boolean quota = response.status() == 403 && message.contains("exceeded quota");
        boolean retryable = quota || switch (response.status()) {
            case 404, 408, 409, 429 -> true;
            default -> response.status() >= 500 || response.status() == 401;
        };
        var who = order.actingUser().orElse("the listener itself");
        return new Placed.Problem(
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
