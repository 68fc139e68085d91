package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/// The params of a [TriggerBinding] or [ClusterTriggerBinding].
@JsonClassDescription("The params: names, and values taken from the event.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TriggerBindingSpec(
        @JsonPropertyDescription("Names and values; no name twice.") List<BindingParam> params) {

    public TriggerBindingSpec {
        params = params == null ? List.of() : List.copyOf(params);
    }
}
