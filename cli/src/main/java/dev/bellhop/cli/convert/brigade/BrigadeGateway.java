package dev.bellhop.cli.convert.brigade;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.command.Yaml;
import dev.bellhop.cli.convert.draft.Conversion;
import dev.bellhop.cli.convert.draft.Fields;
import dev.bellhop.cli.convert.draft.InputObject;
import dev.bellhop.cli.convert.draft.Names;
import dev.bellhop.cli.convert.draft.Output;
import dev.bellhop.cli.convert.draft.Report;

/// Converts the gateway's configuration (`filters.json`, also within a ConfigMap) or its chart's values: an EventSource with
/// the rules, in order, and a Trigger that does nothing yet.
public final class BrigadeGateway implements Conversion {
    private static final String FILE = "filters.json";

    @Override
    public boolean takes(InputObject object) {
        return object.kind().isEmpty()
                ? object.json().path("filters").isArray()
                : object.kind().equals("ConfigMap") && object.json().path("data").hasNonNull(FILE);
    }

    @Override
    public void convert(List<InputObject> objects, Output output) {
        objects.forEach(object -> convert(object, output));
    }

    private static void convert(InputObject object, Output output) {
        var report = output.report(object);
        if (object.kind().isEmpty()) {
            convert(object, object.json(), report, output);
            return;
        }
        var text = object.json().path("data").path(FILE).asText();
        try {
            for (var document : Yaml.readAll(text)) {
                if (document instanceof ObjectNode config) {
                    convert(object, config, report, output);
                }
            }
        } catch (IOException e) {
            report.lost("data." + FILE, text, "it is no JSON: " + e.getMessage());
        }
    }

    private static void convert(InputObject object, ObjectNode config, Report report, Output output) {
        var fields = new Fields(config, "", report);
        var name = Names.of(object.name());
        var source = output.source(object, name);
        source.serviceAccount(name);
        var spec = source.of("kubernetesEvents");
        fields.objects("filters").forEach(filter -> rule(filter, spec.withArray("rules").addObject()));
        output.rights(object.namespace(), name, true).allow(object.namespace(), "", "events",
                List.of("get", "list", "watch"));
        var trigger = output.trigger(object, name);
        trigger.serviceAccount(name);
        source.feed(trigger.name());
        fields.lost("project",
                "a build of Brigade's is not started: write what has to be done as actions; event.type is still"
                        + " such as Pod:Pulled, body is the Event. The Trigger is not Ready until it has an action");
        if (object.kind().isEmpty()) {
            report.check("filters", "",
                    "Events of namespace " + object.namespace() + " are read, as the gateway read those of"
                            + " GATEWAY_NAMESPACE: see kubernetesEvents.namespaces for others");
        }
        fields.reportRest();
    }

    private static void rule(Fields filter, ObjectNode rule) {
        filter.text("namespace").ifPresent(namespace -> rule.put("namespace", namespace));
        filter.text("kind").ifPresent(kind -> rule.put("kind", kind));
        var reasons = filter.texts("reasons");
        if (!reasons.isEmpty()) {
            reasons.forEach(rule.putArray("reasons")::add);
        }
        var action = filter.text("action").orElse("");
        rule.put("action", action.equals("accept") ? "accept" : "reject");
        if (!List.of("accept", "reject").contains(action)) {
            filter.report().check(filter.path("action"), action,
                    "every other word but accept rejects, as in the gateway");
        }
    }
}
