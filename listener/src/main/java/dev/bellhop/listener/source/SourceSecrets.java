package dev.bellhop.listener.source;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/// Reads the Secrets that sources name, each from its source's own namespace, and from the API server each time: sources ask when
/// they connect.
record SourceSecrets(KubernetesClient client) {
    /// The value of a key of a Secret; empty when Secret or key is absent. Blocks.
    Optional<String> read(String namespace, String name, String key) {
        @Nullable
        Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
        return Optional.ofNullable(secret).map(Secret::getData).map(data -> data.get(key))
                .filter(Objects::nonNull)
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    }
}
