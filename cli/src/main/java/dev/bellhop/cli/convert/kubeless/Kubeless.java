package dev.bellhop.cli.convert.kubeless;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.convert.draft.ActionDraft;
import dev.bellhop.cli.convert.draft.Cel;
import dev.bellhop.cli.convert.draft.Conversion;
import dev.bellhop.cli.convert.draft.Fields;
import dev.bellhop.cli.convert.draft.InputObject;
import dev.bellhop.cli.convert.draft.Names;
import dev.bellhop.cli.convert.draft.Output;
import dev.bellhop.cli.convert.draft.TriggerDraft;

/// Converts HTTPTrigger, CronJobTrigger, KafkaTrigger and NATSTrigger. Functions are not converted; those of the input tell at
/// which port they listen, and how long they may take.
public final class Kubeless implements Conversion {
    @Override
    public boolean takes(InputObject object) {
        return object.group().equals("kubeless.io");
    }

    @Override
    public void convert(List<InputObject> objects, Output output) {
        var functions = objects.stream().filter(object -> object.kind().equals("Function")).map(Function::of).toList();
        for (var object : objects) {
            if (!object.kind().equals("Function")) {
                convert(object, functions, output);
            }
        }
    }

    private static void convert(InputObject object, List<Function> functions, Output output) {
        var root = new Fields(object.json(), "", output.report(object));
        root.needless("apiVersion", "kind", "metadata", "status");
        var spec = root.objectOrNone("spec");
        switch (object.kind()) {
            case "HTTPTrigger" -> posted(object, spec, functions, output);
            case "CronJobTrigger" -> timed(object, spec, functions, output);
            case "KafkaTrigger" -> message(object, spec, output, "kafka");
            case "NATSTrigger" -> message(object, spec, output, "nats");
            default -> {
                spec.takeAll();
                root.report().lost("spec", spec.whole(),
                        "there is no such source: a plug-in could be one (spec.plugin)");
            }
        }
        root.reportRest();
    }

    private static void posted(InputObject object, Fields spec, List<Function> functions, Output output) {
        var name = Names.of(object.name());
        var door = output.door(object, name);
        var trigger = output.trigger(object, name);
        door.feed(trigger.name());
        var function = function(object, spec, functions);
        trigger.action(function.call("httptriggers.kubeless.io", "body").json());
        spec.report().check("spec.function-name", function.name(),
                "the sender is answered 202 as soon as the event is kept, and"
                        + " does not get the function's answer; only POST is taken, and what is not JSON needs a Content-Type that says what it is");
        expose(object, spec, trigger);
    }

    private static void expose(InputObject object, Fields spec, TriggerDraft trigger) {
        var host = spec.text("host-name");
        var expose = trigger.expose();
        host.ifPresent(value -> expose.put("host", value));
        spec.text("path").ifPresent(path -> expose.put("path", path.startsWith("/") ? path : "/" + path));
        var ingress = expose.putObject("ingress");
        spec.text("gateway").ifPresent(gateway -> ingress.put("gateway", gateway));
        if (spec.flag("tls")) {
            ingress.putObject("tls").put("acme", true);
        }
        spec.text("tls-secret").ifPresent(secret -> ingress.withObject("/tls").put("secretName", secret));
        spec.text("basic-auth-secret").ifPresent(secret -> ingress.put("basicAuthSecret", secret));
        if (spec.flag("cors-enable")) {
            ingress.put("cors", true);
        }
        for (var copied : List.of("annotations", "labels")) {
            if (object.json().path("metadata").path(copied) instanceof ObjectNode given) {
                given.remove("kubectl.kubernetes.io/last-applied-configuration");
                if (!given.isEmpty()) {
                    ingress.set(copied, given.deepCopy());
                }
            }
        }
        spec.report().check("spec.host-name", host.orElse(""),
                "the annotation bellhop.dev/allowed-hosts of the Namespace must"
                        + " allow the host");
    }

    private static void timed(InputObject object, Fields spec, List<Function> functions, Output output) {
        var name = Names.of(object.name());
        var source = output.source(object, name);
        spec.text("schedule").ifPresent(schedule -> source.of("cron").put("schedule", schedule));
        spec.any("payload").ifPresent(payload -> source.of("cron").set("payload", payload));
        var trigger = output.trigger(object, name);
        source.feed(trigger.name());
        trigger.action(function(object, spec, functions).call("cronjobtrigger.kubeless.io", "body.payload").json());
    }

    private static Function function(InputObject object, Fields spec, List<Function> functions) {
        var function = Function.named(spec.text("function-name").orElse(""), object, functions);
        if (!function.isKnown()) {
            spec.report().check("spec.function-name", function.name(),
                    "the Function is not in the input: port 8080 of its Service"
                            + " is assumed");
        }
        return function;
    }

    /// Messages go to every function with certain labels. Its Service has the labels of the Function.
    private static void message(InputObject object, Fields spec, Output output, String broker) {
        var name = Names.of(object.name());
        var topic = spec.text("topic").orElse("");
        var source = output.source(object, name);
        var fields = source.of(broker);
        if (broker.equals("kafka")) {
            fields.putArray("bootstrapServers").add("kafka.kubeless:9092");
            fields.putArray("topics").add(topic);
        } else {
            fields.put("url", "nats://nats.nats-io.svc.cluster.local:4222").put("subject", topic);
        }
        fields.put("cloudEvents", "off");
        spec.report().check("spec.topic", topic,
                "the server is Kubeless's default; its controller's environment says which it was"
                        + " (KAFKA_BROKERS, NATS_URL, and how to log in). Reading begins with new messages, in one group for all functions");
        var trigger = output.trigger(object, name);
        trigger.serviceAccount(name);
        output.rights(object.namespace(), name, true).allow(object.namespace(), "", "services", List.of("get", "list"));
        source.feed(trigger.name());
        var selector = spec.objectOrNone("functionSelector");
        selector.any("matchLabels").ifPresentOrElse(
                labels -> trigger.action(ActionDraft.function(Cel.verbatim(labels)).json()),
                () -> selector.report().lost(selector.path("matchLabels"), "",
                        "functions are chosen by labels. The Trigger is not"
                                + " Ready until it has an action"));
        selector.lost("matchExpressions",
                "functions are chosen by labels: give the ones that are meant a label of their own");
    }
}
