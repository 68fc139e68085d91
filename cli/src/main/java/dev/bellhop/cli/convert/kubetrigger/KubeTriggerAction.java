package dev.bellhop.cli.convert.kubetrigger;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.cli.convert.draft.ActionDraft;
import dev.bellhop.cli.convert.draft.Cel;
import dev.bellhop.cli.convert.draft.Fields;
import dev.bellhop.cli.convert.draft.Names;
import dev.bellhop.cli.convert.draft.Rights;
import dev.bellhop.cli.convert.draft.TriggerDraft;

/// An action of kube-trigger.
final class KubeTriggerAction {
    private final KubeTriggerSource source;
    private final Rights rights;
    private final TriggerDraft trigger;

    KubeTriggerAction(KubeTriggerSource source, Rights rights, TriggerDraft trigger) {
        this.source = source;
        this.rights = rights;
        this.trigger = trigger;
    }

    void convert(Fields action) {
        var type = action.text("type").orElse("");
        var properties = action.objectOrNone("properties");
        switch (type) {
            case "patch-resource" -> patch(properties);
            case "bump-application-revision" -> bump(properties);
            case "record-event", "create-event-listener" -> record(properties);
            case "task", "image-update-task" -> task(properties, type);
            default -> {
                var written = properties.whole();
                action.report().lost(action.path("type"), type,
                        "this type is a Definition in CUE, which is not converted: write"
                                + " what it does as actions. Its properties are " + written
                                + ". The Trigger is not Ready until it has an action");
            }
        }
    }

    private void bump(Fields properties) {
        var action = ActionDraft.bumpApplicationRevision();
        var namespace = properties.text("namespace");
        namespace.ifPresent(value -> action.set("namespace", Cel.verbatim(value)));
        properties.object("nameSelector")
                .ifPresent(selector -> action.set("nameSelector", Cel.verbatim(selector.whole())));
        trigger.action(action.json());
        rights.allowKind(namespace.orElse(source.where()), "core.oam.dev/v1beta1", "Application",
                List.of("get", "list", "patch"));
    }

    /// A record of events is an EventRecord here; it is made when the first event comes.
    private void record(Fields properties) {
        var action = ActionDraft.recordEvent();
        label(properties.object("nameSelector")).ifPresent(name -> action.set("name", name));
        label(properties.object("namespaceSelector")).ifPresent(name -> action.set("namespace", name));
        trigger.action(action.json());
        rights.allowKind(source.where(), Bellhop.API_VERSION, "EventRecord",
                List.of("create", "get", "patch", "update"));
    }

    private static Optional<String> label(Optional<Fields> selector) {
        return selector.flatMap(given -> given.text("fromLabel"))
                .map(label -> Cel.value(Cel.field("body.metadata.labels", label)));
    }

    private void patch(Fields properties) {
        var target = properties.objectOrNone("resource");
        var metadata = target.objectOrNone("metadata");
        var apiVersion = target.text("apiVersion").orElse("");
        var kind = target.text("kind").orElse("");
        // Its README writes name and namespace flat.
        var name = metadata.text("name").or(() -> target.text("name")).orElse("");
        var namespace = metadata.text("namespace").or(() -> target.text("namespace")).orElse("default");
        var json = JsonNodeFactory.instance.objectNode().put("apiVersion", apiVersion).put("kind", kind);
        json.putObject("metadata").put("name", Cel.verbatim(name)).put("namespace", Cel.verbatim(namespace));
        var patch = properties.objectOrNone("patch");
        var action = ActionDraft.kubernetes("", "patch", json);
        action.patch(patch.text("type").orElse("merge"),
                patch.any("data").map(Cel::verbatim).orElse(MissingNode.getInstance()));
        if (KubeTrigger.refers(properties.whole())) {
            properties.report().check(properties.path(), properties.whole(),
                    "'context.' stands in the properties; in YAML it"
                            + " is plain text, and stays so: write ${{ body.… }} if it was meant");
        }
        trigger.action(action.json());
        rights.allowKind(namespace, apiVersion, kind, List.of("get", "patch"));
    }

    /// A Job for each event. The fixed name of kube-trigger's made the second one fail; here each gets a name of its own.
    private void task(Fields properties, String type) {
        var name = properties.text("name").orElse(type);
        var job = JsonNodeFactory.instance.objectNode().put("apiVersion", "batch/v1").put("kind", "Job");
        var metadata = job.putObject("metadata").put("generateName", Names.of(name) + "-");
        var namespace = properties.text("namespace");
        namespace.ifPresent(value -> metadata.put("namespace", Cel.verbatim(value)));
        if (source.isResource()) {
            if (namespace.isEmpty()) {
                metadata.put("namespace", Cel.value("body.metadata.namespace"));
            }
            metadata.put("labels", Cel.value("body.metadata.?labels"));
        }
        var spec = job.putObject("spec");
        properties.any("ttlSecondsAfterFinished").ifPresent(ttl -> spec.set("ttlSecondsAfterFinished", ttl));
        var pod = spec.putObject("template").putObject("spec");
        pod.put("restartPolicy", properties.text("restart").orElse("Never"));
        var container = pod.putArray("containers").addObject().put("name", Names.of(name));
        container.put("image", Cel.verbatim(properties.text("image").orElse("")));
        properties.any("cmd").ifPresent(command -> container.set("command", Cel.verbatim(command)));
        var env = JsonNodeFactory.instance.arrayNode();
        properties.any("env").ifPresent(given -> given.forEach(entry -> env.add(Cel.verbatim(entry))));
        var action = ActionDraft.kubernetes("", "create", job);
        if (source.isResource()) {
            add(env.addObject(), "SOURCE_NAME", "body.metadata.name");
            add(env.addObject(), "SOURCE_NAMESPACE", "body.metadata.namespace");
            action.owned();
        }
        if (!env.isEmpty()) {
            container.set("env", env);
        }
        trigger.action(action.json());
        rights.allowKind(namespace.orElse(source.where()), "batch/v1", "Job",
                List.of("create", "get"));
    }

    private static void add(ObjectNode env, String name, String cel) {
        env.put("name", name).put("value", Cel.value(cel));
    }
}
