package dev.bellhop.api.action;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Calls functions: every Service of the Trigger's namespace that has certain labels, once each, as Kubeless called its functions.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FunctionAction(
        @JsonPropertyDescription("The labels of the Services.") @Nullable Map<String, String> selector,
        @JsonPropertyDescription("Name or number of the Services' port. Default: the first.") @Nullable String port,
        @JsonPropertyDescription("Default: /.") @Nullable String path,
        @JsonPropertyDescription("What is sent: text as it is, other JSON as JSON. Default: the body of the event.") @AnyJson @Nullable JsonNode body,
        @JsonPropertyDescription("How long to wait for the answer, from 1s to 60s. Default: 10s.") @Nullable String timeout)
        implements
            ActionKind {}
