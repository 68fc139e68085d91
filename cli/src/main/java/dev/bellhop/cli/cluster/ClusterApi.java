package dev.bellhop.cli.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.cli.command.CommandFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;

/// Reads from an API server by path, with the rights of the kubeconfig.
public final class ClusterApi implements AutoCloseable {
    /// Asks for objects as they are.
    public static final String JSON = "application/json";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final ClusterChoice cluster;
    private final KubernetesClient client;

    /// Connects on the first call.
    public ClusterApi(ClusterChoice cluster) {
        this.cluster = cluster;
        client = new KubernetesClientBuilder().withConfig(cluster.config()).build();
    }

    /// What the server said.
    public sealed interface Answer {
        /// What was asked for.
        record Json(JsonNode json) implements Answer {}

        /// Why not, in the server's words.
        record Problem(int status, String message) implements Answer {}
    }

    /// What lies at `path`.
    public Answer get(String path) {
        return await(path, getAsync(path, JSON));
    }

    /// What lies at `path`, tabulated by the server.
    public Answer getTable(String path) {
        return await(path, getAsync(path, TABLE));
    }

    /// What lies at `path` in the form that `accept` asks for.
    public CompletableFuture<Answer> getAsync(String path, String accept) {
        var master = cluster.config().getMasterUrl();
        var url = master.replaceFirst("/$", "") + path;
        var http = client.getHttpClient();
        return http.sendAsync(http.newHttpRequestBuilder().uri(url).header("Accept", accept).build(), String.class)
                .thenApply(ClusterApi::answer);
    }

    private static Answer answer(HttpResponse<String> response) {
        try {
            var json = MAPPER.readTree(response.body());
            if (response.isSuccessful()) {
                return new Answer.Json(json);
            }
            return new Answer.Problem(response.code(), json.path("message").asText(response.message()));
        } catch (JsonProcessingException e) {
            return new Answer.Problem(response.code(), "the answer is not JSON: " + response.body());
        }
    }

    private Answer await(String path, CompletableFuture<Answer> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            var why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw new CommandFailure("GET " + path + " from " + cluster + " got no answer: " + why, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return cluster.toString();
    }
}
