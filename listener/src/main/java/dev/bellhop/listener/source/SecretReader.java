package dev.bellhop.listener.source;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/// Reads Secrets from the API server each time: sources ask when they connect.
record SecretReader(KubernetesClient client) implements SourceSecrets {
    @Override
    public Optional<String> read(String namespace, String name, String key) {
        @Nullable
        Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
        return Optional.ofNullable(secret).map(Secret::getData).map(data -> data.get(key))
                .filter(Objects::nonNull)
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    }
}
