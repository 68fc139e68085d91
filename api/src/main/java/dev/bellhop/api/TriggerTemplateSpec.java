package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;

/// The objects to create and the params they take.
@JsonClassDescription("The objects to create (resourcetemplates) and the params that they use.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TriggerTemplateSpec(
        @JsonPropertyDescription("The params that the objects use, each with an optional default.") List<TemplateParam> params,
        @JsonPropertyDescription("The objects, of any kind, created in this order. $(tt.params.NAME) and $(uid) are replaced.") @JsonProperty("resourcetemplates") List<JsonNode> resourcetemplates) {

    public TriggerTemplateSpec {
        params = params == null ? List.of() : List.copyOf(params);
        resourcetemplates = resourcetemplates == null ? List.of() : List.copyOf(resourcetemplates);
    }
}
