package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// The template of a Trigger: either `ref` or `spec`.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TemplateRef(
        @JsonPropertyDescription("Name of a TriggerTemplate in the Trigger's namespace.") @Nullable String ref,
        @JsonPropertyDescription("A template written here.") @Nullable TriggerTemplateSpec spec,
        @JsonPropertyDescription("Accepted for compatibility with Tekton Triggers and ignored.") @JsonProperty("apiversion") @Nullable String apiversion) {}
