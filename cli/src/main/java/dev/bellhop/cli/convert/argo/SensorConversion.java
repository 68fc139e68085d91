package dev.bellhop.cli.convert.argo;

import java.util.ArrayList;
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
import dev.bellhop.cli.convert.draft.Rights;
import dev.bellhop.cli.convert.draft.TriggerDraft;

/// Converts one Sensor: a Trigger for each of its triggers that waits for several events together, and otherwise for each event that
/// sets it off alone.
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
        var conditions = Conditions.of(template, all);
        if (conditions.waits()) {
            waiting(trigger, template, name, conditions, dependencies);
            template.takeAll();
            return;
        }
        template.lost("conditionsReset", "events do not wait for each other, so there is nothing to reset");
        template.takeAll();
        var names = conditions.names().stream().filter(dependencies::containsKey).toList();
        if (names.isEmpty()) {
            trigger.takeAll();
            return;
        }
        for (var one : names) {
            var draft = draft(conditions.names().size() == 1
                    ? Names.of(sensor.name(), name)
                    : Names.of(sensor.name(), name, one));
            var dependency = Objects.requireNonNull(dependencies.get(one));
            dependency.feed(draft);
            convert(trigger, new Parameters(Map.of(one, dependency.data())), draft);
        }
    }

    /// A Trigger that waits for several events.
    private void waiting(Fields trigger, Fields template, String name, Conditions conditions,
            Map<String, Dependency> known) {
        var missing = conditions.missing(List.copyOf(known.keySet()));
        var dependencies = conditions.names().stream().map(known::get).filter(Objects::nonNull).toList();
        var signatures = Conditions.shared(dependencies);
        if (!missing.isEmpty() || signatures.isEmpty()) {
            template.report().lost(template.path("conditions"), conditions.expression().orElse("all dependencies"),
                    missing.isEmpty()
                            ? "one of the events has to be signed, and another has not: an interceptor asks it of every"
                                    + " event of a Trigger. It is left out"
                            : String.join(", ", missing) + " could not be converted, so the trigger is left out");
            trigger.takeAll();
            return;
        }
        var draft = draft(Names.of(sensor.name(), name));
        signatures.get().forEach(check -> check.into(draft));
        conditions.expression().ifPresent(draft::when);
        boolean onePosted = dependencies.stream().map(Dependency::source).filter(ArgoSource::isPosted).distinct()
                .count() == 1;
        var parameters = new LinkedHashMap<String, ArgoData>();
        for (var dependency : dependencies) {
            var source = dependency.source();
            source.feed(draft);
            var recognized = source.recognized(onePosted);
            for (var check : source.checks()) {
                if (check instanceof Check.Sender(var cel)) {
                    draft.filter("!(" + recognized + ") || " + cel);
                } else if (check instanceof Check.Closed) {
                    check.into(draft);
                }
            }
            dependency.closed().forEach(draft::closed);
            draft.awaits(dependency.name(), Conditions.filter(dependency, recognized));
            parameters.put(dependency.name(), conditions.needsAll() ? dependency.among() : dependency.maybe());
        }
        for (var reset : template.objects("conditionsReset")) {
            var time = reset.objectOrNone("byTime");
            draft.forgets(time.text("cron").orElse(""), time.text("timezone"));
            reset.reportRest();
        }
        convert(trigger, new Parameters(parameters), draft);
    }

    private void convert(Fields trigger, Parameters parameters, TriggerDraft draft) {
        var rights = output.rights(sensor.namespace(), account(), given().isEmpty());
        actions(trigger, parameters, rights).forEach(draft::action);
        trigger.object("dlqTrigger").ifPresent(dead -> {
            actions(dead, parameters, rights).forEach(draft::deadLetterAction);
            dead.lost("retryStrategy", "a dead letter is tried three times");
            dead.needless("atLeastOnce");
        });
        policy(trigger, draft);
    }

    private List<ObjectNode> actions(Fields trigger, Parameters parameters, Rights rights) {
        // Expressions are put into a copy, in which everything else has to mean itself.
        var copy = trigger.any("template").map(Cel::verbatim).orElse(JsonNodeFactory.instance.objectNode());
        var changed = parameters.apply(copy, trigger.objects("parameters"));
        var template = new Fields((ObjectNode) changed, trigger.path("template"), trigger.report());
        template.needless("name", "conditions", "conditionsReset");
        var actions = new TriggerTemplate(sensor.namespace(), template, parameters, rights, successCodes(trigger))
                .actions();
        template.reportRest();
        return actions;
    }

    private TriggerDraft draft(String name) {
        var draft = output.trigger(sensor, name);
        draft.serviceAccount(account());
        return draft;
    }

    /// As whom its Triggers act.
    private String account() {
        return given().isEmpty() ? Names.of(sensor.name()) : given();
    }

    private String given() {
        return sensor.json().at("/spec/template/serviceAccountName").asText();
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
        trigger.object("policy").ifPresent(policy -> {
            // Its status codes are in the action.
            policy.needless("status");
            policy.lost("k8s", "nothing waits for labels of a created object: watch it with an EventSource (resource)");
        });
    }
}
