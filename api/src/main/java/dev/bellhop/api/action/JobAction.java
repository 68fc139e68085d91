package dev.bellhop.api.action;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Runs a container to its end, as a Job of its own for each event.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobAction(
        @JsonPropertyDescription("The container's image.") @Nullable String image,
        @JsonPropertyDescription("What to run. Default: the image's entry point.") @Nullable List<String> command,
        @JsonPropertyDescription("Its arguments.") @Nullable List<String> args,
        @JsonPropertyDescription("Environment variables, as in a Pod: name, and value or valueFrom. SOURCE_NAME and SOURCE_NAMESPACE, of the event's object, EVENT_ID and EVENT_TYPE are added.") @Nullable List<JsonNode> env,
        @JsonPropertyDescription("What the Job's name begins with. Default: the name of the event's object, or the Trigger's.") @Nullable String namePrefix,
        @JsonPropertyDescription("Namespace of the Job. Default: the Trigger's.") @Nullable String namespace,
        @JsonPropertyDescription("ServiceAccount of the Pod. Default: the namespace's default.") @Nullable String serviceAccountName,
        @JsonPropertyDescription("Never (default) or OnFailure.") @Nullable String restartPolicy,
        @JsonPropertyDescription("How often a failed Pod is replaced. Default: Kubernetes' own, 6.") @Nullable Integer backoffLimit,
        @JsonPropertyDescription("After how long the Job is ended.") @Nullable Integer activeDeadlineSeconds,
        @JsonPropertyDescription("After how long the finished Job is deleted. Default: never.") @Nullable Integer ttlSecondsAfterFinished,
        @JsonPropertyDescription("Requests and limits of the container, as in a Pod.") @AnyJson @Nullable JsonNode resources,
        @JsonPropertyDescription("Labels of the Job and its Pod.") @Nullable Map<String, String> labels,
        @JsonPropertyDescription("true (default): the object of the event, if it has one in the same namespace, takes the Job along when it is deleted.") @Nullable Boolean owner)
        implements
            ActionKind {}
