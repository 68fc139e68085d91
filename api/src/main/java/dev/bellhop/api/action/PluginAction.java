package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// An action of a kind that does not come with Bellhop: either type or url.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PluginAction(
        @JsonPropertyDescription("Name of the kind, of a JAR that the admin put beside the listener and the controller.") @Nullable String type,
        @JsonPropertyDescription("Where the kind is carried out, http or https: the action is posted there.") @Nullable String url,
        @JsonPropertyDescription("The kind's fields.") @AnyJson @Nullable JsonNode spec,
        @JsonPropertyDescription("With url: how long to wait for the answer, from 1s to 60s. Default: 10s.") @Nullable String timeout)
        implements
            ActionKind {}
