package dev.bellhop.cli.send;

import java.nio.file.Path;
import java.util.Base64;

import dev.bellhop.cli.cluster.ClusterApi;
import dev.bellhop.cli.cluster.ClusterApi.Answer;
import dev.bellhop.cli.cluster.ClusterChoice;
import dev.bellhop.cli.command.CommandFailure;
import dev.bellhop.engine.secret.Token;
import org.jspecify.annotations.Nullable;

/// A webhook's secret, read from where the Trigger has it.
final class ClusterSecret {
    private ClusterSecret() {}

    /// Reads what `NAMESPACE/SECRET/KEY` names, with the rights of the kubeconfig.
    static Token read(String reference, @Nullable Path kubeconfig) {
        var parts = reference.split("/", -1);
        if (parts.length != 3) {
            throw new CommandFailure("--secret-from '" + reference + "' must be NAMESPACE/SECRET/KEY");
        }
        try (var api = new ClusterApi(ClusterChoice.find(kubeconfig, System.getenv()))) {
            return switch (api.get("/api/v1/namespaces/" + parts[0] + "/secrets/" + parts[1])) {
                case Answer.Problem(var status, var message) ->
                    throw new CommandFailure("--secret-from " + reference + ", asked of " + api + ": " + message + " ("
                            + status + ")");
                case Answer.Json(var secret) -> {
                    var data = secret.path("data");
                    if (!data.has(parts[2])) {
                        throw new CommandFailure("Secret " + parts[0] + "/" + parts[1] + " has no key '" + parts[2]
                                + "'; its keys: " + data.propertyStream().map(java.util.Map.Entry::getKey).toList());
                    }
                    yield Token.of(Base64.getDecoder().decode(data.path(parts[2]).asText()));
                }
            };
        }
    }
}
