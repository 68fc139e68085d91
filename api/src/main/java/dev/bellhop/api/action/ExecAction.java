package dev.bellhop.api.action;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Runs a program where the listener runs. Only in standalone mode.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExecAction(
        @JsonPropertyDescription("The program and its arguments.") @Nullable List<String> command,
        @JsonPropertyDescription("Environment variables besides the listener's own.") @Nullable Map<String, String> env,
        @JsonPropertyDescription("What the program reads: text as it is, other JSON as JSON. Default: nothing.") @AnyJson @Nullable JsonNode stdin,
        @JsonPropertyDescription("After how long it is ended, from 1s to 60s. Default: 10s.") @Nullable String timeout)
        implements
            ActionKind {}
