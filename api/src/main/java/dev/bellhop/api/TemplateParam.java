package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// A param of a template.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TemplateParam(
        @JsonPropertyDescription("Name, used as $(tt.params.NAME).") @Nullable String name,
        @JsonPropertyDescription("What the param is for.") @Nullable String description,
        @JsonPropertyDescription("Value when no binding gives one.") @JsonProperty("default") @Nullable String defaultValue) {}
