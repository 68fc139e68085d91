package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// A named value taken from an event.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BindingParam(
        @JsonPropertyDescription("Name of the param.") @Nullable String name,
        @JsonPropertyDescription("Text with $(body.x), $(header.x), $(extensions.x), $(context.eventID) in it.") @Nullable String value) {}
