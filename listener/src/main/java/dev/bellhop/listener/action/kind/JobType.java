package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.action.JobAction;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Failed;
import org.jspecify.annotations.Nullable;

/// `job`: runs a container to its end, in a Job of its own for each event.
final class JobType extends TypedAction<JobAction> {
    private static final int LONGEST_PREFIX = 40;

    JobType() {
        super("job", "Runs a container to its end, as a Job of its own for each event.", JobAction.class);
    }

    @Override
    ActionResult act(JobAction spec, ActionContext context) throws IOException {
        if (spec.image() == null || spec.image().isBlank()) {
            return Failed.lasting("job.image is missing");
        }
        var job = job(spec, context);
        return context.cluster().create(job, "");
    }

    private static ObjectNode job(JobAction spec, ActionContext context) {
        var event = EventObject.of(context);
        var job = JsonNodeFactory.instance.objectNode().put("apiVersion", "batch/v1").put("kind", "Job");
        var metadata = job.putObject("metadata").put("generateName", prefix(spec, event, context));
        if (spec.namespace() != null) {
            metadata.put("namespace", spec.namespace());
        }
        labels(metadata, spec.labels());
        if (!Boolean.FALSE.equals(spec.owner())) {
            Owner.manage(job, context);
        }
        var jobSpec = job.putObject("spec");
        put(jobSpec, "backoffLimit", spec.backoffLimit());
        put(jobSpec, "activeDeadlineSeconds", spec.activeDeadlineSeconds());
        put(jobSpec, "ttlSecondsAfterFinished", spec.ttlSecondsAfterFinished());
        var template = jobSpec.putObject("template");
        labels(template.putObject("metadata"), spec.labels());
        var pod = template.putObject("spec").put("restartPolicy",
                Objects.requireNonNullElse(spec.restartPolicy(), "Never"));
        if (spec.serviceAccountName() != null) {
            pod.put("serviceAccountName", spec.serviceAccountName());
        }
        container(pod.putArray("containers").addObject(), spec, event, context);
        return job;
    }

    private static void container(ObjectNode container, JobAction spec, EventObject event, ActionContext context) {
        container.put("name", "task").put("image", spec.image());
        texts(container, "command", spec.command());
        texts(container, "args", spec.args());
        if (spec.resources() != null && !spec.resources().isNull()) {
            container.set("resources", spec.resources());
        }
        var env = container.putArray("env");
        Objects.requireNonNullElse(spec.env(), List.<JsonNode>of()).forEach(env::add);
        add(env, "SOURCE_NAME", event.name());
        add(env, "SOURCE_NAMESPACE", event.namespace());
        add(env, "EVENT_ID", context.event().id());
        add(env, "EVENT_TYPE", context.event().type());
    }

    private static void add(ArrayNode env, String name, String value) {
        for (var known : env) {
            if (known.path("name").asText().equals(name)) {
                return;
            }
        }
        env.addObject().put("name", name).put("value", value);
    }

    private static void texts(ObjectNode container, String field, @Nullable List<String> texts) {
        if (texts != null) {
            var array = container.putArray(field);
            texts.forEach(array::add);
        }
    }

    private static void put(ObjectNode spec, String field, @Nullable Integer value) {
        if (value != null) {
            spec.put(field, value);
        }
    }

    private static void labels(ObjectNode metadata, @Nullable Map<String, String> labels) {
        if (labels != null && !labels.isEmpty()) {
            var node = metadata.putObject("labels");
            labels.forEach(node::put);
        }
    }

    private static String prefix(JobAction spec, EventObject event, ActionContext context) {
        var wanted = Objects.requireNonNullElseGet(spec.namePrefix(), () -> event.nameOrTrigger(context))
                .toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-").replaceAll("^-+", "");
        var prefix = wanted.length() > LONGEST_PREFIX ? wanted.substring(0, LONGEST_PREFIX) : wanted;
        return prefix.isEmpty() ? "job-" : prefix.endsWith("-") ? prefix : prefix + "-";
    }
}
