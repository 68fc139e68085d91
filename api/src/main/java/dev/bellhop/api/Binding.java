package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// One source of values: either `ref` (all params of a TriggerBinding or ClusterTriggerBinding), or `name` and `value`.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Binding(
        @JsonPropertyDescription("Name of the param, with value.") @Nullable String name,
        @JsonPropertyDescription("Value of the param: text with $(body.x), $(header.x), $(extensions.x), $(context.eventID) in it.") @Nullable String value,
        @JsonPropertyDescription("Name of a TriggerBinding (in the Trigger's namespace) or ClusterTriggerBinding.") @Nullable String ref,
        @JsonPropertyDescription("TriggerBinding (default) or ClusterTriggerBinding.") @Nullable String kind,
        @JsonPropertyDescription("Accepted for compatibility with Tekton Triggers and ignored.") @JsonProperty("apiversion") @Nullable String apiversion) {}
