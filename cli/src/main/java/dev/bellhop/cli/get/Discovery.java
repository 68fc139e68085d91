package dev.bellhop.cli.get;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.cli.cluster.ClusterApi;
import dev.bellhop.cli.cluster.ClusterApi.Answer;
import dev.bellhop.cli.command.CommandFailure;
import dev.bellhop.cli.command.NearMiss;

/// What an API server serves, by all the names that people use for it.
final class Discovery {
    private final ClusterApi api;

    Discovery(ClusterApi api) {
        this.api = api;
    }

    /// The resources that `names`, separated by commas, mean. A category means several; of a name that several groups have,
    /// the core group comes first, then ours, then the server's order.
    List<Resource> find(String names) {
        var all = resources();
        var found = new ArrayList<Resource>();
        for (var name : names.split(",")) {
            var called = all.stream().filter(resource -> resource.isCalled(name)).findFirst();
            var inCategory = all.stream()
                    .filter(resource -> resource.categories().contains(name.toLowerCase(Locale.ROOT))).toList();
            if (called.isPresent()) {
                found.add(called.get());
            } else if (!inCategory.isEmpty()) {
                found.addAll(inCategory);
            } else {
                var known = all.stream().flatMap(resource -> Stream.of(resource.plural(), resource.singular()))
                        .toList();
                throw new CommandFailure("the server has no resource type '" + name + "'"
                        + NearMiss.of(name, known).map(near -> "; did you mean '" + near + "'?").orElse("")
                        + " Cluster: " + api);
            }
        }
        return found.stream().distinct().toList();
    }

    private List<Resource> resources() {
        var versions = new ArrayList<CompletableFuture<List<Resource>>>();
        versions.add(of("", "v1", "/api/v1"));
        var groups = switch (api.get("/apis")) {
            case Answer.Json(var json) -> json.path("groups").valueStream().toList();
            case Answer.Problem(_, var message) ->
                throw new CommandFailure("cannot ask " + api + " what it serves: " + message);
        };
        Stream.concat(groups.stream().filter(Discovery::isOurs), groups.stream().filter(group -> !isOurs(group)))
                .forEach(group -> {
                    var version = group.path("preferredVersion");
                    var groupVersion = version.path("groupVersion").asText();
                    versions.add(of(group.path("name").asText(), version.path("version").asText(),
                            "/apis/" + groupVersion));
                });
        return versions.stream().flatMap(version -> version.join().stream()).toList();
    }

    private static boolean isOurs(JsonNode group) {
        return group.path("name").asText().equals(Bellhop.GROUP);
    }

    /// Resources of one version. One whose server is away, as aggregated ones often are, counts as empty.
    private CompletableFuture<List<Resource>> of(String group, String version, String path) {
        return api.getAsync(path, ClusterApi.JSON).thenApply(answer -> switch (answer) {
            case Answer.Json(var json) -> json.path("resources").valueStream()
                    .filter(resource -> !resource.path("name").asText().contains("/"))
                    .filter(Discovery::canBeListed)
                    .map(resource -> Resource.of(group, version, resource)).toList();
            case Answer.Problem _ -> List.of();
        });
    }

    private static boolean canBeListed(JsonNode resource) {
        return resource.path("verbs").valueStream().anyMatch(verb -> verb.asText().equals("list"));
    }
}
