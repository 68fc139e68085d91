package dev.bellhop.listener.action;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpMethod;

/// Which kinds the API server serves, and how. Remembered for a while, since they hardly ever change; a kind that is not known
/// is asked for again at most every few seconds, so that a CRD which appears later is found.
final class Discovery {
    private static final Duration KNOWN_FOR = Duration.ofMinutes(10);
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(3);
    /// Values of events may become part of it, and it becomes part of a path.
    private static final Pattern API_VERSION = Pattern.compile("[a-z0-9.-]{1,253}(/[a-z0-9]{1,63})?");
    /// Far more than a cluster has: whoever chooses them in events fills no memory.
    private static final int MOST_VERSIONS = 5_000;

    private final ApiConnection api;
    private final Clock clock;
    private final Map<String, Version> versions = new ConcurrentHashMap<>();

    private record Version(Instant readAt, Map<String, KindResource> kinds) {}

    Discovery(ApiConnection api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /// How `kind` of `apiVersion` is served; empty when it is not.
    Optional<KindResource> find(String apiVersion, String kind) throws ApiConnection.NoAnswer {
        if (!API_VERSION.matcher(apiVersion).matches() || apiVersion.contains("..")) {
            return Optional.empty();
        }
        var version = versions.get(apiVersion);
        if (version != null) {
            boolean known = version.kinds.containsKey(kind);
            if (clock.instant().isBefore(version.readAt.plus(known ? KNOWN_FOR : UNKNOWN_FOR))) {
                return Optional.ofNullable(version.kinds.get(kind));
            }
        }
        var read = read(apiVersion);
        if (versions.size() >= MOST_VERSIONS) {
            versions.clear();
        }
        versions.put(apiVersion, read);
        return Optional.ofNullable(read.kinds.get(kind));
    }

    private Version read(String apiVersion) throws ApiConnection.NoAnswer {
        var path = (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
        var response = api.ask(HttpMethod.GET, path, Optional.empty(), Optional.empty());
        if (response.status() != 200 && response.status() != 404) {
            throw new ApiConnection.NoAnswer("asking the API server for the kinds of " + apiVersion + " was answered "
                    + response.status(), new IllegalStateException(response.body().toString()));
        }
        var kinds = new HashMap<String, KindResource>();
        if (response.status() == 200) {
            for (JsonNode resource : Json.read(response.body()).path("resources")) {
                var name = resource.path("name").asText();
                if (!name.contains("/")) {
                    kinds.put(resource.path("kind").asText(),
                            new KindResource(path, name, resource.path("namespaced").asBoolean()));
                }
            }
        }
        return new Version(clock.instant(), kinds);
    }
}
