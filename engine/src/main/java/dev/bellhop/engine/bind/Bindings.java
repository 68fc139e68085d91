package dev.bellhop.engine.bind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.TreeSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.TemplateParam;
import dev.bellhop.engine.bind.Expressions.Segment;
import dev.bellhop.engine.event.Event;

/// The values of a Trigger's bindings, compiled once. Immutable.
public final class Bindings {
    private final Map<String, ParamValue> fixed;
    private final List<BoundParam> params;

    private Bindings(Map<String, ParamValue> fixed, List<BoundParam> params) {
        this.fixed = fixed;
        this.params = params;
    }

    /// What became of a Trigger's bindings.
    public sealed interface Compiled {
        /// They can be bound to events.
        record Sound(Bindings bindings) implements Compiled {}

        /// They cannot; `why` has one sentence for each problem.
        record Broken(List<String> why) implements Compiled {}
    }

    /// What an event gave.
    public sealed interface Bound {
        /// The value of every param that a binding or a default gives, by name.
        record Values(Map<String, ParamValue> params) implements Bound {
            public Values {
                params = Map.copyOf(params);
            }
        }

        /// The event lacks what the bindings ask for. `why` names params and paths, and quotes nothing of the event.
        record Failed(String why) implements Bound {}
    }

    /// Compiles `params`, all params of a Trigger after its TriggerBindings were looked up. `templateParams` are those that
    /// its template declares, with their defaults.
    public static Compiled compile(List<SourcedParam> params, List<TemplateParam> templateParams) {
        var defaults = new HashMap<String, String>();
        for (var declared : templateParams) {
            if (declared.name() != null && declared.defaultValue() != null) {
                defaults.put(declared.name(), declared.defaultValue());
            }
        }
        var fixed = new HashMap<String, ParamValue>();
        defaults.forEach((name, text) -> fixed.put(name, ParamValue.written(text)));

        var problems = new ArrayList<String>();
        var sources = new LinkedHashMap<String, String>();
        var bound = new ArrayList<BoundParam>();
        for (var param : params) {
            if (param.name().isBlank()) {
                problems.add(param.source() + ": the param has no name; give it the name that the template uses");
            }
            var other = sources.putIfAbsent(param.name(), param.source());
            if (other != null) {
                problems.add(param.source() + ": param '" + param.name() + "' is also given by " + other
                        + "; rename one of them or take it out");
            }
            var expressions = Expressions.in(param.value());
            expressions.problems().forEach(problem -> problems.add(param.source() + ": " + problem));
            if (expressions.segments().stream().anyMatch(Segment.Expression.class::isInstance)) {
                bound.add(BoundParam.of(param, expressions.segments(), fixed.get(param.name())));
            } else {
                fixed.put(param.name(), ParamValue.written(param.value()));
            }
        }
        return problems.isEmpty()
                ? new Compiled.Sound(new Bindings(Map.copyOf(fixed), List.copyOf(bound)))
                : new Compiled.Broken(List.copyOf(problems));
    }

    /// The names of all params that [#bind] gives values.
    public Set<String> names() {
        var names = new LinkedHashSet<>(fixed.keySet());
        params.forEach(param -> names.add(param.name()));
        return Set.copyOf(names);
    }

    /// Takes the values out of `event`. `extensions` are what the interceptors added; neither is changed.
    public Bound bind(Event event, ObjectNode extensions) {
        if (params.isEmpty()) {
            return new Bound.Values(fixed);
        }
        var document = document(event, extensions);
        var values = new HashMap<>(fixed);
        var problems = new TreeSet<String>();
        for (var param : params) {
            switch (param.from(document)) {
                case BoundParam.Taken.Whole(var value) -> values.put(param.name(), value);
                case BoundParam.Taken.Lacking(var why) -> {
                    problems.add(why);
                    if (param.looksAtBody()) {
                        event.body().otherThanObject().ifPresent(problems::add);
                    }
                }
            }
        }
        return problems.isEmpty()
                ? new Bound.Values(values)
                : new Bound.Failed(String.join("; ", problems));
    }

    private ObjectNode document(Event event, ObjectNode extensions) {
        var document = JsonNodeFactory.instance.objectNode();
        if (params.stream().anyMatch(BoundParam::looksAtHeaders)) {
            var header = document.putObject("header");
            event.headers().asMap().forEach((name, values) -> header.put(name, String.join(",", values)));
        }
        document.set("body", event.body().json());
        document.set("extensions", extensions);
        document.putObject("context").put("eventID", event.id().value());
        return document;
    }
}
