package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.action.WorkflowAction;
import dev.bellhop.api.action.WorkflowSource;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionResult.Failed;
import dev.bellhop.spi.action.Cluster.Content;
import dev.bellhop.spi.action.Cluster.Method;
import org.jspecify.annotations.Nullable;

/// `workflow`: starts an Argo Workflow, or changes one that runs, by the fields that Argo's controller reads.
final class WorkflowType extends TypedAction<WorkflowAction> {
    private static final String API = "argoproj.io/v1alpha1";
    private static final String LABELS = "workflows.argoproj.io/";

    WorkflowType() {
        super("workflow", "Starts an Argo Workflow, or changes one that runs.", WorkflowAction.class);
    }

    @Override
    ActionResult act(WorkflowAction spec, ActionContext context) throws IOException {
        var operation = Objects.requireNonNullElse(spec.operation(), "submit");
        var patch = JsonNodeFactory.instance.objectNode();
        switch (operation) {
            case "submit" -> {
                return submit(spec, context);
            }
            case "resubmit" -> {
                return resubmit(spec, context);
            }
            case "suspend" -> patch.putObject("spec").put("suspend", true);
            case "resume" -> patch.putObject("spec").putNull("suspend");
            case "stop" -> patch.putObject("spec").put("shutdown", "Stop");
            case "terminate" -> patch.putObject("spec").put("shutdown", "Terminate");
            default -> {
                return Failed.lasting("workflow.operation '" + operation
                        + "' must be one of submit, resubmit, suspend, resume, stop, terminate");
            }
        }
        return change(operation, patch, spec, context);
    }

    private static ActionResult change(String operation, ObjectNode patch, WorkflowAction spec, ActionContext context)
            throws IOException {
        return switch (target("Workflow", spec.name(), spec, context)) {
            case Target.Found.Nowhere(var why) -> why;
            case Target.Found.At(var target) -> {
                var answer = context.cluster().ask(Method.PATCH, target.path() + "?fieldManager=bellhop",
                        Optional.of(new Content("application/merge-patch+json", patch)));
                yield answer.isGood()
                        ? Done.of(target.effect(done(operation), answer.body()))
                        : target.failed(operation + " of", answer, context);
            }
        };
    }

    private static String done(String operation) {
        return switch (operation) {
            case "suspend" -> "suspended";
            case "resume" -> "resumed";
            case "stop" -> "stopped";
            default -> "terminated";
        };
    }

    private static Target.Found target(String kind, @Nullable String name, WorkflowAction spec, ActionContext context)
            throws IOException {
        var object = JsonNodeFactory.instance.objectNode().put("apiVersion", API).put("kind", kind);
        var metadata = object.putObject("metadata").put("name", Objects.requireNonNullElse(name, ""));
        if (spec.namespace() != null) {
            metadata.put("namespace", spec.namespace());
        }
        return Target.of(object, context);
    }

    private static ActionResult submit(WorkflowAction spec, ActionContext context) throws IOException {
        if (spec.from() == null) {
            if (!(spec.source() instanceof ObjectNode source)) {
                return Failed.lasting("workflow: submit needs source, a Workflow, or from");
            }
            return create(source, spec, context);
        }
        var workflow = JsonNodeFactory.instance.objectNode();
        var from = spec.from();
        var name = Objects.requireNonNullElse(from.name(), "");
        switch (Objects.requireNonNullElse(from.kind(), "WorkflowTemplate")) {
            case "WorkflowTemplate" -> reference(workflow, name, false);
            case "ClusterWorkflowTemplate" -> reference(workflow, name, true);
            case "CronWorkflow" -> {
                var problem = copyCron(workflow, from, spec, context);
                if (problem.isPresent()) {
                    return problem.get();
                }
            }
            default -> {
                return Failed.lasting("workflow.from.kind '" + from.kind()
                        + "' must be WorkflowTemplate, ClusterWorkflowTemplate or CronWorkflow");
            }
        }
        var prefix = Objects.requireNonNullElse(spec.name(), name);
        workflow.withObjectProperty("metadata").put("generateName", prefix.endsWith("-") ? prefix : prefix + "-");
        return create(workflow, spec, context);
    }

    private static void reference(ObjectNode workflow, String name, boolean clusterScope) {
        workflow.withObjectProperty("metadata").withObjectProperty("labels")
                .put(LABELS + (clusterScope ? "cluster-workflow-template" : "workflow-template"), name);
        var reference = workflow.withObjectProperty("spec").putObject("workflowTemplateRef").put("name", name);
        if (clusterScope) {
            reference.put("clusterScope", true);
        }
    }

    private static Optional<ActionResult> copyCron(ObjectNode workflow, WorkflowSource from, WorkflowAction spec,
            ActionContext context) throws IOException {
        return switch (target("CronWorkflow", from.name(), spec, context)) {
            case Target.Found.Nowhere(var why) -> Optional.of(why);
            case Target.Found.At(var target) -> {
                var there = context.cluster().ask(Method.GET, target.path(), Optional.empty());
                if (!there.isGood()) {
                    yield Optional.of(target.failed("reading", there, context));
                }
                workflow.withObjectProperty("metadata").withObjectProperty("labels")
                        .put(LABELS + "cron-workflow", target.name());
                workflow.set("spec", there.body().path("spec").path("workflowSpec"));
                yield Optional.empty();
            }
        };
    }

    /// A Workflow like the one of this name.
    private static ActionResult resubmit(WorkflowAction spec, ActionContext context) throws IOException {
        return switch (target("Workflow", spec.name(), spec, context)) {
            case Target.Found.Nowhere(var why) -> why;
            case Target.Found.At(var target) -> {
                var there = context.cluster().ask(Method.GET, target.path(), Optional.empty());
                if (!there.isGood()) {
                    yield target.failed("reading", there, context);
                }
                var workflow = JsonNodeFactory.instance.objectNode();
                var metadata = workflow.putObject("metadata").put("generateName", target.name() + "-");
                metadata.putObject("labels").put(LABELS + "resubmitted-from-workflow", target.name());
                if (there.body().path("spec").deepCopy() instanceof ObjectNode copied) {
                    copied.remove("suspend");
                    copied.remove("shutdown");
                    workflow.set("spec", copied);
                }
                yield create(workflow, spec, context);
            }
        };
    }

    private static ActionResult create(ObjectNode workflow, WorkflowAction spec, ActionContext context)
            throws IOException {
        workflow.put("apiVersion", API).put("kind", "Workflow");
        if (spec.namespace() != null) {
            workflow.withObjectProperty("metadata").put("namespace", spec.namespace());
        }
        var given = Objects.requireNonNullElse(spec.parameters(), Map.<String, String>of());
        if (!given.isEmpty()) {
            var arguments = workflow.withObjectProperty("spec").withObjectProperty("arguments");
            var parameters = JsonNodeFactory.instance.arrayNode();
            for (var known : arguments.path("parameters")) {
                if (!given.containsKey(known.path("name").asText())) {
                    parameters.add(known);
                }
            }
            given.forEach((name, value) -> parameters.addObject().put("name", name).put("value", value));
            arguments.set("parameters", parameters);
        }
        return context.cluster().create(workflow, "");
    }
}
