package dev.bellhop.cli.convert.argo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.cli.convert.draft.Fields;
import dev.bellhop.cli.convert.draft.InputObject;
import dev.bellhop.cli.convert.draft.TriggerDraft;

/// An event that a Sensor waits for.
///
/// @param data   where its data is found when it comes alone, after the transformation
/// @param among  the same when it is one of several that a Trigger waits for, and always there
/// @param maybe  the same when it may not be there
/// @param filter its filters in CEL; empty for none
/// @param closed fields of filters and transformations that could not be converted
record Dependency(String name, ArgoSource source, ArgoData data, ArgoData among, ArgoData maybe,
        Optional<String> filter,
        List<String> closed) {
    /// Reads one; empty, and reported, when its EventSource is not in the input.
    static Optional<Dependency> of(InputObject sensor, Fields fields, Map<String, ArgoSource> sources) {
        var name = fields.text("name").orElse("");
        var event = fields.text("eventSourceName").orElse("") + "/" + fields.text("eventName").orElse("");
        var source = sources.get(sensor.namespace() + "/" + event);
        if (source == null) {
            fields.takeAll();
            fields.report().lost(fields.path(), event,
                    "EventSource and event are not in the input, or are of a type that is not"
                            + " converted: what waits for it is left out. Convert EventSource and Sensor together");
            return Optional.empty();
        }
        var closed = new ArrayList<String>();
        var transform = fields.object("transform");
        var data = transformed(transform, source.data(), closed);
        var logic = fields.text("filtersLogicalOperator").orElse("and");
        var filter = fields.object("filters")
                .flatMap(filters -> new DependencyFilters(filters, data, closed).cel(logic.equals("or")));
        var told = new ArrayList<String>();
        return Optional
                .of(new Dependency(name, source, data, transformed(transform, source.data().among(name, true), told),
                        transformed(transform, source.data().among(name, false), told), filter, List.copyOf(closed)));
    }

    private static ArgoData transformed(Optional<Fields> given, ArgoData data, List<String> closed) {
        return given.map(transform -> transformed(transform, data, closed)).orElse(data);
    }

    private static ArgoData transformed(Fields transform, ArgoData data, List<String> closed) {
        var jq = transform.text("jq");
        var script = transform.text("script");
        if (jq.isPresent()) {
            var after = JqTransform.apply(jq.get(), data);
            if (after.isPresent()) {
                return after.get();
            }
            transform.report().lost(transform.path("jq"), jq.get().strip(),
                    "only programs that set fields are converted. The"
                            + " Triggers let nothing through: write overlays of a cel interceptor, or expressions in the actions");
            closed.add(transform.path("jq"));
        } else if (script.isPresent()) {
            transform.report().lost(transform.path("script"), script.get().strip(),
                    "Lua is not converted. The Triggers let"
                            + " nothing through: write overlays of a cel interceptor, or expressions in the actions");
            closed.add(transform.path("script"));
        }
        return data;
    }

    /// Binds a Trigger to this event alone.
    void feed(TriggerDraft trigger) {
        source.checks().forEach(check -> check.into(trigger));
        source.feed(trigger);
        filter.ifPresent(trigger::filter);
        closed.forEach(trigger::closed);
    }
}
