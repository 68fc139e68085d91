package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Failed;
import dev.bellhop.spi.action.Answer;
import dev.bellhop.spi.action.Cluster;
import dev.bellhop.spi.action.Effect;

/// An object of the cluster that an action is about, and where the API server has it.
///
/// @param namespace empty for a kind without namespaces
record Target(Cluster.Served served, String apiVersion, String kind, String namespace, String name) {
    /// What looking for it gave.
    sealed interface Found {
        record At(Target target) implements Found {}

        record Nowhere(Failed why) implements Found {}
    }

    /// Where `object` belongs; without a namespace, into the Trigger's.
    static Found of(ObjectNode object, ActionContext context) throws IOException {
        var apiVersion = object.path("apiVersion").asText();
        var kind = object.path("kind").asText();
        if (apiVersion.isBlank() || kind.isBlank()) {
            return new Found.Nowhere(Failed.lasting("the object has no " + (kind.isBlank() ? "kind" : "apiVersion")));
        }
        var metadata = object.path("metadata");
        if (object.has("metadata") && !metadata.isObject()) {
            return new Found.Nowhere(Failed.lasting("the object's metadata is no object"));
        }
        var served = context.cluster().find(apiVersion, kind);
        if (served.isEmpty()) {
            return new Found.Nowhere(Failed.passing("the API server serves no " + kind + " of " + apiVersion));
        }
        var namespace = metadata.path("namespace").asText();
        var target = new Target(served.get(), apiVersion, kind,
                !served.get().namespaced() ? "" : namespace.isEmpty() ? context.namespace() : namespace,
                metadata.path("name").asText());
        return target.name.isEmpty()
                ? new Found.Nowhere(Failed.lasting(kind + ": metadata.name is missing"))
                : new Found.At(target);
    }

    /// The object's own path. Name and namespace may come from an event, and must not lead elsewhere.
    String path() {
        return served.collection(segment(namespace)) + "/" + segment(name);
    }

    String collection() {
        return served.collection(segment(namespace));
    }

    private static String segment(String text) {
        var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        // A segment of dots is taken away by whoever normalises the path.
        return encoded.matches("\\.+") ? encoded.replace(".", "%2E") : encoded;
    }

    Effect effect(String verb, JsonNode answered) {
        return new Effect(verb, apiVersion, kind, namespace, name,
                answered.path("metadata").path("uid").asText(""));
    }

    /// The failure that `answer` is.
    Failed failed(String doing, Answer answer, ActionContext context) {
        return answer.failed(doing + " " + this + " as " + context.cluster().actsAs());
    }

    /// `Ingress team-a/shop`
    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }

    /// Puts what the path says into the object.
    void complete(ObjectNode object) {
        if (!namespace.isEmpty()) {
            object.withObjectProperty("metadata").put("namespace", namespace);
        }
    }

    static ActionResult skipped(Target target, String why) {
        return new ActionResult.Skipped(target + " " + why);
    }
}
