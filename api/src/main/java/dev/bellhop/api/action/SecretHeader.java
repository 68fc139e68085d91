package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bellhop.api.secret.SecretKeyRef;
import org.jspecify.annotations.Nullable;

/// A header whose value is in a Secret.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretHeader(
        @JsonPropertyDescription("Name of the header.") @Nullable String name,
        @JsonPropertyDescription("What stands before the value, such as `Token `. Default: nothing.") @Nullable String prefix,
        @JsonPropertyDescription("Where the value is.") @Nullable SecretKeyRef secretRef) {}
