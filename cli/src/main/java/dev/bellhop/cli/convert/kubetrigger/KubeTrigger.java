package dev.bellhop.cli.convert.kubetrigger;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.cli.convert.draft.Conversion;
import dev.bellhop.cli.convert.draft.Fields;
import dev.bellhop.cli.convert.draft.InputObject;
import dev.bellhop.cli.convert.draft.Names;
import dev.bellhop.cli.convert.draft.Output;
import dev.bellhop.cli.convert.draft.TriggerDraft;
import dev.bellhop.cli.convert.expression.CueFilter;
import dev.bellhop.cli.convert.expression.Translation;

/// Converts TriggerServices, and configuration files with the same `triggers`.
public final class KubeTrigger implements Conversion {
    /// As whom kube-trigger's workers run.
    private static final String ACCOUNT = "kube-trigger";

    @Override
    public boolean takes(InputObject object) {
        if (object.kind().isEmpty()) {
            return object.json().path("triggers").isArray();
        }
        return object.group().equals("standard.oam.dev")
                || (object.group().equals("core.oam.dev") && object.kind().equals("Definition"));
    }

    @Override
    public void convert(List<InputObject> objects, Output output) {
        objects.forEach(object -> convert(object, output));
    }

    private static void convert(InputObject object, Output output) {
        var root = new Fields(object.json(), "", output.report(object));
        root.needless("apiVersion", "kind", "metadata", "status");
        switch (object.kind()) {
            case "" -> triggers(object, root, output);
            case "TriggerService" -> {
                var spec = root.objectOrNone("spec");
                worker(spec);
                triggers(object, spec, output);
            }
            case "Definition" -> {
                root.takeAll();
                root.report().lost("spec.type", object.json().at("/spec/type"),
                        "a Definition is a program in CUE: write what it does as actions of a Trigger");
            }
            default -> {
                root.takeAll();
                root.report().lost("kind", object.kind(),
                        "it is a record that kube-trigger itself writes: nothing to convert");
            }
        }
        root.reportRest();
    }

    private static void worker(Fields spec) {
        spec.object("worker").ifPresent(worker -> {
            // Which Deployment runs it; there is none of its own any more.
            worker.needless("template");
            var properties = worker.objectOrNone("properties");
            properties.needless("name", "labels", "annotations", "image", "resource", "imagePullSecrets",
                    "hostAliases");
            properties.check("serviceAccount",
                    "each Trigger and EventSource names its ServiceAccount: see serviceAccountName");
            properties.needless("serviceAccount", "config");
            var config = properties.objectOrNone("config");
            config.takeAll();
            for (var name : config.names()) {
                config.check(name,
                        "one listener works for all Triggers: see retry, limits and concurrency of a Trigger, and"
                                + " --workers of the listener");
            }
        });
    }

    private static void triggers(InputObject object, Fields holder, Output output) {
        var triggers = holder.objects("triggers");
        var account = account(object);
        for (int i = 0; i < triggers.size(); i++) {
            var name = triggers.size() == 1
                    ? Names.of(object.name())
                    : Names.of(object.name(), Integer.toString(i + 1));
            convert(object, triggers.get(i), name, account, output);
        }
    }

    private static String account(InputObject object) {
        return object.json().at("/spec/worker/properties/serviceAccount").asText(ACCOUNT);
    }

    private static void convert(InputObject object, Fields fields, String name, String account, Output output) {
        var source = KubeTriggerSource.of(object, fields.objectOrNone("source"));
        if (source.isEmpty()) {
            fields.takeAll();
            return;
        }
        var trigger = output.trigger(object, name);
        trigger.serviceAccount(account);
        var rights = output.rights(object.namespace(), account, true);
        fields.text("filter").ifPresent(cue -> filter(cue, fields, source.get(), trigger));
        new KubeTriggerAction(source.get(), rights, trigger).convert(fields.objectOrNone("action"));
        trigger.oneAtATime();
        var feeder = output.source(object, name);
        feeder.serviceAccount(account);
        source.get().write(feeder, rights);
        feeder.feed(trigger.name());
    }

    private static void filter(String cue, Fields fields, KubeTriggerSource source, TriggerDraft trigger) {
        switch (CueFilter.translate(cue, source.roots())) {
            case Translation.Made(var cel) -> trigger.filter(cel);
            case Translation.Not(var why) -> {
                fields.report().lost(fields.path("filter"), cue.strip(), why
                        + ". The Trigger lets nothing through until you write its filter in CEL");
                trigger.closed(fields.path("filter"));
            }
        }
    }

    /// Whether a value of the properties refers to the event, which only CUE could evaluate.
    static boolean refers(JsonNode value) {
        return value.toString().contains("context.");
    }
}
