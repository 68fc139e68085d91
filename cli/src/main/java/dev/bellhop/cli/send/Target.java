package dev.bellhop.cli.send;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Pattern;

import dev.bellhop.api.Bellhop;
import dev.bellhop.cli.cluster.ClusterApi;
import dev.bellhop.cli.cluster.ClusterApi.Answer;
import dev.bellhop.cli.cluster.ClusterChoice;
import dev.bellhop.cli.command.CommandFailure;
import org.jspecify.annotations.Nullable;

/// Where an event is posted: told as a URL, or as `NAMESPACE/TRIGGER`, whose status has it.
final class Target {
    private static final Pattern TRIGGER = Pattern.compile("([a-z0-9-]+)/([a-z0-9.-]+)");

    private Target() {}

    /// The URL that `text` means; asks the cluster for a Trigger's.
    static URI resolve(String text, @Nullable Path kubeconfig) {
        var trigger = TRIGGER.matcher(text);
        if (trigger.matches()) {
            return addressOf(trigger.group(1), trigger.group(2), kubeconfig);
        }
        return url(text);
    }

    private static URI url(String text) {
        try {
            var uri = new URI(text);
            if (uri.getHost() == null || !uri.getScheme().startsWith("http")) {
                throw new URISyntaxException(text, "it has no http://host");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new CommandFailure("'" + text + "' is neither a URL such as http://localhost:8080/team-a nor"
                    + " NAMESPACE/TRIGGER: " + e.getReason(), e);
        }
    }

    private static URI addressOf(String namespace, String name, @Nullable Path kubeconfig) {
        try (var api = new ClusterApi(ClusterChoice.find(kubeconfig, System.getenv()))) {
            var path = "/apis/" + Bellhop.API_VERSION + "/namespaces/" + namespace + "/triggers/" + name;
            return switch (api.get(path)) {
                case Answer.Problem(var status, var message) -> throw new CommandFailure(
                        "Trigger " + namespace + "/" + name + " of " + api + ": " + message + " (" + status + ")");
                case Answer.Json(var trigger) -> {
                    var address = trigger.at("/status/address/url").asText();
                    if (address.isEmpty()) {
                        throw new CommandFailure(
                                "Trigger " + namespace + "/" + name + " has no address yet; why: bellhop get"
                                        + " trigger " + name + " -n " + namespace + " -o yaml");
                    }
                    yield url(address);
                }
            };
        }
    }
}
