package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// A source that does not come with Bellhop.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PluginSourceSpec(
        @JsonPropertyDescription("Which one: the name that the plug-in gives itself. `bellhop sources` lists them.") @Nullable String type,
        @JsonPropertyDescription("The plug-in's own fields.") @Nullable JsonNode spec) {}
