package dev.bellhop.listener.action;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.listener.action.ApiConnection.NoAnswer;
import dev.bellhop.listener.journal.ObjectRef;
import io.vertx.core.http.HttpMethod;

/// Deletes what a delivery created that was given up half done: the last first, and only the very object it made.
public final class ObjectRemover {
    private final ApiConnection api;
    private final Discovery discovery;

    /// Deletes over `api`.
    public ObjectRemover(ApiConnection api, Clock clock) {
        this.api = api;
        this.discovery = new Discovery(api, clock);
    }

    /// What is left, in the order it was made, and why; nothing when all is gone.
    public record Left(List<ObjectRef> objects, List<String> reasons) {
        public Left {
            objects = List.copyOf(objects);
            reasons = List.copyOf(reasons);
        }
    }

    /// Deletes `objects` as `actingUser`. Blocks.
    public Left remove(List<ObjectRef> objects, Optional<String> actingUser) {
        var left = new ArrayList<ObjectRef>();
        var reasons = new ArrayList<String>();
        for (var object : objects.reversed()) {
            problem(object, actingUser).ifPresent(why -> {
                left.addFirst(object);
                reasons.add(object.shortName() + ": " + why);
            });
        }
        return new Left(left, reasons);
    }

    private Optional<String> problem(ObjectRef object, Optional<String> actingUser) {
        try {
            var resource = discovery.find(object.apiVersion(), object.kind());
            if (resource.isEmpty()) {
                // With its kind all objects of the kind went.
                return Optional.empty();
            }
            var options = JsonNodeFactory.instance.objectNode().put("kind", "DeleteOptions").put("apiVersion", "v1")
                    .put("propagationPolicy", "Background");
            if (!object.uid().isEmpty()) {
                options.putObject("preconditions").put("uid", object.uid());
            }
            var namespace = Optional.of(object.namespace()).filter(name -> !name.isEmpty());
            var response = api.ask(HttpMethod.DELETE, resource.get().collection(namespace) + "/" + object.name(),
                    Optional.of(Json.write(options)), actingUser);
            // 409: another object has taken the name since; ours is gone.
            return response.status() < 300 || response.status() == 404 || response.status() == 409
                    ? Optional.empty()
                    : Optional.of("deleting it was answered " + response.status() + ": "
                            + Json.read(response.body()).path("message").asText());
        } catch (NoAnswer e) {
            return Optional.of(Objects.requireNonNullElse(e.getMessage(), "no answer"));
        }
    }
}
