package dev.bellhop.engine.trigger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerSpec;
import dev.bellhop.api.TriggerTemplate;
import org.jspecify.annotations.Nullable;

/// Compiled Triggers for tests, from the YAML of their spec.
public final class Triggers {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TriggerCompiler COMPILER = new TriggerCompiler();
    /// A template that makes one object and wants nothing.
    private static final String TEMPLATE = "template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap}]}}\n";

    private Triggers() {}

    /// A Trigger that takes every event.
    public static CompiledTrigger open(String name) {
        return labelled(name, Map.of());
    }

    /// A Trigger with labels that takes every event.
    public static CompiledTrigger labelled(String name, Map<String, String> labels) {
        return sound(name, labels, TEMPLATE);
    }

    /// A Trigger with these interceptors, a list in YAML.
    public static CompiledTrigger intercepting(String name, String interceptors) {
        return sound(name, Map.of(), TEMPLATE + "interceptors:\n" + interceptors);
    }

    /// A Trigger with a CEL filter.
    public static CompiledTrigger filtering(String name, String filter) {
        return intercepting(name, "- ref: {name: cel}\n  params: [{name: filter, value: '" + filter.replace("'", "''")
                + "'}]\n");
    }

    private static CompiledTrigger sound(String name, Map<String, String> labels, String spec) {
        return switch (compile(name, labels, spec, new Absent())) {
            case Compilation.Sound(var trigger, var _) -> trigger;
            case Compilation.Broken(var problems) -> throw new IllegalArgumentException(problems.toString());
        };
    }

    static Compilation compile(String name, Map<String, String> labels, String yaml, References references) {
        int slash = name.indexOf('/');
        var spec = spec(yaml);
        return COMPILER.compile(new Definition(new ObjectName(name.substring(0, slash), name.substring(slash + 1)),
                "uid of " + name, labels, "spec", spec.serviceAccountName(), spec.interceptors(), spec.conditions(),
                spec.bindings(),
                spec.template(), spec.actions(), spec.delivery()), references);
    }

    private static TriggerSpec spec(String yaml) {
        try {
            return JSON.treeToValue(YAML.readTree(yaml), TriggerSpec.class);
        } catch (IOException e) {
            throw new UncheckedIOException(yaml, e);
        }
    }

    /// The names of Triggers, in order.
    public static List<String> names(Iterable<CompiledTrigger> triggers) {
        var names = new TreeSet<String>();
        triggers.forEach(trigger -> names.add(trigger.name().toString()));
        return List.copyOf(names);
    }

    /// A cluster without anything that could be named.
    static class Absent implements References {
        @Override
        public @Nullable Read<TriggerBinding> binding(ObjectName name) {
            return null;
        }

        @Override
        public @Nullable Read<ClusterTriggerBinding> clusterBinding(String name) {
            return null;
        }

        @Override
        public @Nullable Read<TriggerTemplate> template(ObjectName name) {
            return null;
        }
    }
}
