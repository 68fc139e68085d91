package dev.bellhop.api.broker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bellhop.api.secret.SecretKeyRef;
import org.jspecify.annotations.Nullable;

/// How a connection to a message broker is encrypted. An empty one means: TLS, with the certificate authorities that Java trusts.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BrokerTlsSpec(
        @JsonPropertyDescription("Where the certificates (PEM) are that the server's certificate must be signed by. Default: the authorities that Java trusts.") @Nullable SecretKeyRef caSecret,
        @JsonPropertyDescription("Name of a Secret of type kubernetes.io/tls (tls.crt, tls.key) in the object's own namespace, with the certificate that is shown to the server.") @Nullable String clientSecretName) {}
