package dev.bellhop.cli.convert.argo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.convert.draft.Cel;
import dev.bellhop.cli.convert.draft.Fields;
import dev.bellhop.cli.convert.draft.InputObject;
import dev.bellhop.cli.convert.draft.Names;
import dev.bellhop.cli.convert.draft.Output;
import dev.bellhop.cli.convert.draft.TriggerDraft;

/// Converts one Sensor: a Trigger for each of its triggers and each event that the trigger may begin with.
final class SensorConversion {
    private static final Map<String, Double> SECONDS = Map.of("Second", 1.0, "Minute", 60.0, "Hour", 3600.0);

    private final InputObject sensor;
    private final Map<String, ArgoSource> sources;
    private final Output output;

    SensorConversion(InputObject sensor, Map<String, ArgoSource> sources, Output output) {
        this.sensor = sensor;
        this.sources = sources;
        this.output = output;
    }

    void convert() {
        var root = new Fields(sensor.json(), "", output.report(sensor));
        root.needless("apiVersion", "kind", "metadata", "status");
        var spec = root.objectOrNone("spec");
        spec.needless("template", "eventBusName", "replicas", "revisionHistoryLimit", "loggingFields",
                "errorOnFailedRound");
        var dependencies = new LinkedHashMap<String, Dependency>();
        var all = new ArrayList<String>();
        for (var fields : spec.objects("dependencies")) {
            fields.text("name").ifPresent(all::add);
            Dependency.of(sensor, fields, sources).ifPresent(one -> dependencies.put(one.name(), one));
        }
        for (var trigger : spec.objects("triggers")) {
            convert(trigger, all, dependencies);
        }
        root.reportRest();
    }

    private void convert(Fields trigger, List<String> all, Map<String, Dependency> dependencies) {
        var template = trigger.objectOrNone("template");
        var name = template.text("name").orElse("");
        var waitsFor = waitsFor(template, all);
        template.takeAll();
        var names = waitsFor.stream().filter(dependencies::containsKey).toList();
        if (names.isEmpty()) {
            trigger.takeAll();
            return;
        }
        for (var one : names) {
            var draft = output.trigger(sensor, waitsFor.size() == 1
                    ? Names.of(sensor.name(), name)
                    : Names.of(sensor.name(), name, one));
            convert(trigger, Objects.requireNonNull(dependencies.get(one)), draft);
        }
    }

    /// The events of which each alone sets the trigger off; none, and reported, when several are needed together.
    private static List<String> waitsFor(Fields template, List<String> all) {
        var conditions = template.text("conditions").orElse(String.join(" && ", all));
        template.lost("conditionsReset", "events do not wait for each other, so there is nothing to reset");
        if (conditions.contains("&&")) {
            template.report().lost(template.path("conditions"), conditions,
                    "a trigger that waits for several events together is"
                            + " not converted: it is left out");
            return List.of();
        }
        return Arrays.stream(conditions.split("\\|\\|", -1)).map(part -> part.replaceAll("[()\\s]", "")).distinct()
                .filter(all::contains).toList();
    }

    private void convert(Fields trigger, Dependency dependency, TriggerDraft draft) {
        var given = sensor.json().at("/spec/template/serviceAccountName").asText();
        var account = given.isEmpty() ? Names.of(sensor.name()) : given;
        draft.serviceAccount(account);
        dependency.feed(draft);
        var parameters = new Parameters(dependency);
        // Expressions are put into a copy, in which everything else has to mean itself.
        var copy = trigger.any("template").map(Cel::verbatim).orElse(JsonNodeFactory.instance.objectNode());
        var changed = parameters.apply(copy, trigger.objects("parameters"));
        var template = new Fields((ObjectNode) changed, trigger.path("template"), trigger.report());
        template.needless("name", "conditions", "conditionsReset");
        var rights = output.rights(sensor.namespace(), account, given.isEmpty());
        new TriggerTemplate(sensor.namespace(), template, parameters, rights, successCodes(trigger)).actions()
                .forEach(draft::action);
        template.reportRest();
        policy(trigger, draft);
    }

    private static List<Integer> successCodes(Fields trigger) {
        return trigger.any("policy")
                .map(policy -> policy.at("/status/allow").valueStream().map(JsonNode::asInt).toList())
                .orElse(List.of());
    }

    private static void policy(Fields trigger, TriggerDraft draft) {
        // Every delivery is carried out at least once.
        trigger.needless("atLeastOnce");
        trigger.object("retryStrategy").ifPresent(retry -> {
            retry.any("steps").ifPresent(steps -> draft.set("retry", "maxAttempts",
                    JsonNodeFactory.instance.numberNode(Math.max(1, steps.asInt(1)))));
            retry.text("duration").ifPresent(delay -> draft.set("retry", "delay",
                    JsonNodeFactory.instance.textNode(delay.matches("\\d{1,18}")
                            ? Math.max(1, Long.parseLong(delay) / 1_000_000) + "ms"
                            : delay)));
            for (var number : List.of("factor", "jitter")) {
                retry.any(number).map(value -> value.isObject() ? value.path("value") : value).ifPresent(value -> draft
                        .set("retry", number, JsonNodeFactory.instance.numberNode(value.asDouble())));
            }
        });
        trigger.object("rateLimit").ifPresent(limit -> {
            double seconds = SECONDS.getOrDefault(limit.text("unit").orElse("Second"), 1.0);
            double events = limit.integer("requestsPerUnit").orElse(1) / seconds;
            draft.set("limits", "eventsPerSecond", JsonNodeFactory.instance.numberNode(Math.round(events * 1e6) / 1e6));
            limit.report().check(limit.path(), limit.whole(),
                    "senders that exceed it are answered 429, and have to send again;"
                            + " sources wait");
        });
        trigger.lost("dlqTrigger", "write what it does as deadLetter.actions");
        trigger.object("policy").ifPresent(policy -> {
            // Its status codes are in the action.
            policy.needless("status");
            policy.lost("k8s", "nothing waits for labels of a created object: watch it with an EventSource (resource)");
        });
    }
}
