package dev.bellhop.api.broker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// One key of a Secret in the object's own namespace.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretKeyRef(
        @JsonPropertyDescription("Name of the Secret, in the object's own namespace.") @Nullable String secretName,
        @JsonPropertyDescription("Key in the Secret's data.") @Nullable String secretKey) {}
