package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// Certificates of a connection.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TlsSpec(
        @JsonPropertyDescription("A Secret, in the Trigger's namespace, with any of the keys ca.crt (whom to trust), tls.crt and tls.key (who the listener is).") @Nullable String secretName) {}
