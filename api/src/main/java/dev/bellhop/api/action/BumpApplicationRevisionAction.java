package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// Raises the revision of KubeVela Applications by one, as kube-trigger does, without losing any raise.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BumpApplicationRevisionAction(
        @JsonPropertyDescription("Namespace of the Applications. Default: that of the event's object, or the Trigger's.") @Nullable String namespace,
        @JsonPropertyDescription("Which Applications. Default: the one of the same name as the event's object.") @Nullable NameSelector nameSelector,
        @JsonPropertyDescription("Default: core.oam.dev/v1beta1.") @Nullable String apiVersion) implements ActionKind {}
