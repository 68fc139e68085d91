package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Changes an object of the cluster, of any kind, as the Trigger's ServiceAccount.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KubernetesAction(
        @JsonPropertyDescription("create, apply (server-side), patch, update or delete; may be an expression. Default: delete when the event tells of a deleted object, create for an object with a generateName, otherwise apply.") @Nullable String operation,
        @JsonPropertyDescription("The object, or an expression that gives it. For patch and delete, apiVersion, kind and metadata.name are enough. Default namespace: the Trigger's.") @AnyJson @Nullable JsonNode object,
        @JsonPropertyDescription("What operation patch changes.") @Nullable PatchSpec patch,
        @JsonPropertyDescription("Under which name the API server notes the fields that are written. Default: bellhop- and the Trigger's name.") @Nullable String fieldManager,
        @JsonPropertyDescription("Of apply. true (default): fields that others own are taken over; false: the delivery fails on such a conflict.") @Nullable Boolean force,
        @JsonPropertyDescription("true: the object of the event owns this object and takes it along when it is deleted; both are in the same namespace. Default: false.") @Nullable Boolean owner,
        @JsonPropertyDescription("Of patch and update. true: an object that is not there is created first. Default: false, the delivery is tried again.") @Nullable Boolean createIfMissing,
        @JsonPropertyDescription("Of delete. true (default): an object that is not there is as good as deleted; false: the delivery fails.") @Nullable Boolean ignoreNotFound,
        @JsonPropertyDescription("With forEach. true: objects that this action made for an earlier event of the same subject, and that no item of this event names, are deleted. Default: false.") @Nullable Boolean prune,
        @JsonPropertyDescription("Of prune: what the event is about, such as ${{ body.metadata.uid }}. Default: the subject of an event that an EventSource brought.") @Nullable String pruneBy)
        implements
            ActionKind {}
