package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// What an admin allows every namespace and every Trigger that an [EventListener] serves.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ListenerLimits(
        @JsonPropertyDescription("What all Triggers of one namespace may use together. The annotations bellhop.dev/limit-… of a Namespace replace it there.") @Nullable LimitsSpec perNamespace,
        @JsonPropertyDescription("What each single Trigger may use. The annotations bellhop.dev/limit-trigger-… of a Namespace replace it there; a Trigger's own limits may only be lower.") @Nullable LimitsSpec perTrigger) {}
