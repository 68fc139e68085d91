package dev.bellhop.cli.convert.argo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.bellhop.cli.convert.draft.Conversion;
import dev.bellhop.cli.convert.draft.Fields;
import dev.bellhop.cli.convert.draft.InputObject;
import dev.bellhop.cli.convert.draft.Output;

/// Converts EventSources and Sensors, which only make sense together.
public final class ArgoEvents implements Conversion {
    private static final List<String> KINDS = List.of("EventSource", "Sensor", "EventBus");

    @Override
    public boolean takes(InputObject object) {
        return object.group().equals("argoproj.io") && KINDS.contains(object.kind());
    }

    @Override
    public void convert(List<InputObject> objects, Output output) {
        var sources = new LinkedHashMap<String, ArgoSource>();
        for (var object : objects) {
            if (object.kind().equals("EventSource")) {
                read(object, output, sources);
            }
        }
        for (var object : objects) {
            switch (object.kind()) {
                case "Sensor" -> new SensorConversion(object, sources, output).convert();
                case "EventBus" -> output.report(object).check("spec", object.json().path("spec"),
                        "no bus is needed: the journal keeps events. A bus that others publish to can be read by an EventSource"
                                + " with nats or kafka");
                default -> {
                    // An EventSource, read above.
                }
            }
        }
        sources.values().forEach(ArgoSource::reportIfUnused);
    }

    private static void read(InputObject object, Output output, Map<String, ArgoSource> sources) {
        var root = new Fields(object.json(), "", output.report(object));
        root.needless("apiVersion", "kind", "metadata", "status");
        var spec = root.objectOrNone("spec");
        // How its pods and their connections look; there are none any more.
        spec.needless("template", "replicas", "eventBusName", "service");
        for (var type : spec.names()) {
            if (List.of("template", "replicas", "eventBusName", "service").contains(type)) {
                continue;
            }
            spec.object(type).ifPresent(events -> events.names().forEach(event -> events.object(event)
                    .flatMap(fields -> ArgoSource.of(object, type, event, fields, output))
                    .ifPresent(source -> sources.put(object.namespace() + "/" + object.name() + "/" + event, source))));
        }
        root.reportRest();
    }
}
