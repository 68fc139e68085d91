package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bellhop.api.secret.SecretKeyRef;
import org.jspecify.annotations.Nullable;

/// Credentials of a request: one of them.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpAuth(
        @JsonPropertyDescription("A Secret, in the Trigger's namespace, with the keys username and password, for basic authentication.") @Nullable String basicSecretName,
        @JsonPropertyDescription("A bearer token.") @Nullable SecretKeyRef bearer) {}
