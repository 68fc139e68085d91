package dev.bellhop.api.secret;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// One key of a Secret in the object's own namespace. Of a Trigger's actions, its ServiceAccount must be allowed to get it.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretKeyRef(
        @JsonPropertyDescription("Name of the Secret, in the object's own namespace; for an action, the Trigger's ServiceAccount must be allowed to get it.") @Nullable String secretName,
        @JsonPropertyDescription("Key in the Secret's data.") @Nullable String secretKey) {}
