package dev.bellhop.listener.source.kube;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.engine.source.KindChoice;

/// How an API server serves a kind.
///
/// @param path       of the API group and version, such as `/apis/apps/v1`
/// @param apiVersion such as `apps/v1`
/// @param kind       such as `Deployment`
/// @param plural     its name in paths, such as `deployments`
/// @param namespaced whether its objects are in namespaces
public record ServedKind(String path, String apiVersion, String kind, String plural, boolean namespaced) {
    /// The API group; empty for the core group.
    public String group() {
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }

    /// The API version, such as `v1`.
    public String version() {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    /// Path of all objects, or of those in `namespace`.
    String collection(Optional<String> namespace) {
        return namespaced && namespace.isPresent()
                ? path + "/namespaces/" + namespace.get() + "/" + plural
                : path + "/" + plural;
    }

    /// How `api` serves the kind; empty when it does not, yet.
    static Optional<ServedKind> find(KubeApi api, KindChoice choice) throws IOException, InterruptedException {
        try {
            for (var resource : api.get(choice.path()).path("resources")) {
                var plural = resource.path("name").asText();
                if (!plural.contains("/") && isMeant(resource, plural, choice)) {
                    return Optional.of(new ServedKind(choice.path(), choice.path().replaceFirst("^/apis?/", ""),
                            resource.path("kind").asText(), plural, resource.path("namespaced").asBoolean()));
                }
            }
            return Optional.empty();
        } catch (Refusal e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isMeant(JsonNode resource, String plural, KindChoice choice) {
        return switch (choice) {
            case KindChoice.ByKind(_, var kind) -> resource.path("kind").asText().equals(kind);
            case KindChoice.ByResource(_, _, var name) -> plural.equals(name);
        };
    }
}
