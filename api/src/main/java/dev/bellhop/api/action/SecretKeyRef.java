package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// One key of a Secret in the Trigger's namespace, which the Trigger's ServiceAccount may get.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretKeyRef(
        @JsonPropertyDescription("Name of the Secret, in the Trigger's namespace; the Trigger's ServiceAccount must be allowed to get it.") @Nullable String secretName,
        @JsonPropertyDescription("Key in the Secret.") @Nullable String secretKey) {}
