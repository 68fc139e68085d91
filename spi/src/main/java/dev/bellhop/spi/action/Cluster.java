package dev.bellhop.spi.action;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The cluster as one Trigger may use it: every request is made as its ServiceAccount, so the API server decides what it may.
public interface Cluster {
    /// How `kind` of `apiVersion` is served; empty when it is not.
    Optional<Served> find(String apiVersion, String kind) throws IOException;

    /// Asks the API server. `path` begins with `/api/` or `/apis/` and may have a query.
    ///
    /// @throws IOException when it cannot be asked or does not answer: the request may or may not have had its effect
    Answer ask(Method method, String path, Optional<Content> body) throws IOException;

    /// Creates `object`, so that doing it again for the same event and `part` makes no second one: a generateName becomes that
    /// prefix and a suffix which depends on them, and an object that is there already counts if it was made by an earlier try.
    /// It gets Bellhop's labels and, if it says none, the Trigger's namespace.
    ///
    /// @param part tells several objects of one action apart; empty for the only one
    ActionResult create(ObjectNode object, String part) throws IOException;

    /// Whom requests are made as, for messages.
    String actsAs();

    /// How the API server serves a kind.
    ///
    /// @param path       of the API group and version: `/api/v1` or `/apis/apps/v1`
    /// @param plural     the resource's name in paths, such as `configmaps`
    /// @param namespaced whether its objects are in namespaces
    record Served(String path, String plural, boolean namespaced) {
        /// The path of all objects of the kind, in `namespace` where it is namespaced.
        public String collection(String namespace) {
            return namespaced && !namespace.isEmpty()
                    ? path + "/namespaces/" + namespace + "/" + plural
                    : path + "/" + plural;
        }
    }

    /// A method of HTTP, as Kubernetes uses them.
    enum Method {
        GET, POST, PUT, PATCH, DELETE
    }

    /// What is sent.
    ///
    /// @param type its media type; which patch it is, for a patch
    record Content(String type, JsonNode json) {
        /// Of an object.
        public static Content json(JsonNode json) {
            return new Content("application/json", json);
        }
    }
}
