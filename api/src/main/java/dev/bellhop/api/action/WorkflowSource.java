package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// What a Workflow is made of.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkflowSource(
        @JsonPropertyDescription("WorkflowTemplate (default), ClusterWorkflowTemplate or CronWorkflow.") @Nullable String kind,
        @JsonPropertyDescription("Its name.") @Nullable String name) {}
