package dev.bellhop.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.apiserver.EmbeddedApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/// Another cluster, into which nobody has installed anything. Always an embedded one.
final class Remote implements AutoCloseable {
    private final EmbeddedApiServer server = EmbeddedApiServer.start(0);
    private final KubernetesClient admin = new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(server.kubeconfig())).build();

    Objects objects() {
        return new Objects(admin);
    }

    /// Puts the way in into a text: `${REMOTE_URL}`, and `${REMOTE_KUBECONFIG}` and `${REMOTE_CA}` as a Secret has them under `data`.
    String fill(String text) {
        return text.replace("${REMOTE_URL}", server.url().toString()).replace("${REMOTE_KUBECONFIG}",
                Base64.getEncoder().encodeToString(server.kubeconfig().getBytes(StandardCharsets.UTF_8)))
                .replace("${REMOTE_CA}", authority());
    }

    private String authority() {
        try {
            JsonNode kubeconfig = new YAMLMapper().readTree(server.kubeconfig());
            return kubeconfig.at("/clusters/0/cluster/certificate-authority-data").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
        server.close();
    }
}
