package dev.bellhop.api.action;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Starts an Argo Workflow, or changes one that runs.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkflowAction(
        @JsonPropertyDescription("submit (default), resubmit, suspend, resume, stop or terminate.") @Nullable String operation,
        @JsonPropertyDescription("Of submit: the Workflow.") @AnyJson @Nullable JsonNode source,
        @JsonPropertyDescription("Of submit: what the Workflow is made of.") @Nullable WorkflowSource from,
        @JsonPropertyDescription("Of submit: the Workflow's arguments.") @Nullable Map<String, String> parameters,
        @JsonPropertyDescription("Name of the Workflow; of submit, what its name begins with.") @Nullable String name,
        @JsonPropertyDescription("Its namespace. Default: the Trigger's.") @Nullable String namespace)
        implements
            ActionKind {}
