package dev.bellhop.engine.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.bellhop.api.ForeignWords;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.api.Trigger;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.policy.AdminLimits;
import dev.bellhop.engine.source.SourceTypes;
import dev.bellhop.engine.trigger.Compilation;
import dev.bellhop.engine.trigger.Definition;
import dev.bellhop.engine.trigger.TriggerCompiler;
import org.jspecify.annotations.Nullable;

/// Makes a [Catalog] of [Objects]. Keeps what it compiled: a Trigger is compiled again only when it, or something it names,
/// changed. Not safe for use by several threads at once.
public final class CatalogCompiler {
    private final TriggerCompiler compiler;
    private final SourceCompiler sourceCompiler;
    private Map<ObjectName, CompiledOnce> kept = Map.of();
    private Map<ObjectName, ListenerCompiler.Kept> keptListeners = Map.of();

    /// Compiles Triggers with `compiler`, and EventSources of the kinds in `types`.
    public CatalogCompiler(TriggerCompiler compiler, SourceTypes types) {
        this.compiler = compiler;
        this.sourceCompiler = new SourceCompiler(types);
    }

    /// The catalog of `objects`.
    public Catalog compile(Objects objects) {
        var compiled = new HashMap<ObjectName, CompiledOnce>();
        for (var stored : objects.triggers().values()) {
            compiled.put(stored.name(), compiled(stored, objects));
        }
        kept = compiled;

        var listeners = new TreeMap<ObjectName, ServedListener>();
        var chosenBy = new HashMap<ObjectName, List<ObjectName>>();
        var limits = new HashMap<String, Set<AdminLimits>>();
        var nextListeners = new HashMap<ObjectName, ListenerCompiler.Kept>();
        for (var stored : objects.listeners().values()) {
            var result = new ListenerCompiler(compiler, objects, compiled).compile(stored,
                    keptListeners.get(stored.name()));
            listeners.put(stored.name(), result.served());
            nextListeners.put(stored.name(), result.kept());
            result.namespaces()
                    .forEach(name -> limits.computeIfAbsent(name, _ -> new HashSet<>()).add(result.limits()));
            result.chosen().forEach(name -> chosenBy.computeIfAbsent(name, _ -> new ArrayList<>()).add(stored.name()));
        }
        keptListeners = nextListeners;

        var sources = new TreeMap<ObjectName, ServedSource>();
        var fedBy = new HashMap<ObjectName, List<ObjectName>>();
        for (var result : sourceCompiler.compile(objects, compiled)) {
            var name = result.served().stored().name();
            sources.put(name, result.served());
            limits.computeIfAbsent(name.namespace(), _ -> new HashSet<>());
            result.chosen().forEach(trigger -> fedBy.computeIfAbsent(trigger, _ -> new ArrayList<>()).add(name));
        }

        var triggers = new HashMap<ObjectName, TriggerView>();
        objects.triggers().forEach((name, stored) -> {
            var once = compiled.get(name);
            if (once == null) {
                throw new IllegalStateException("Trigger " + name + " was not compiled");
            }
            triggers.put(name, new TriggerView(stored, once.compilation(), sorted(chosenBy.get(name)),
                    sorted(fedBy.get(name))));
        });
        return new Catalog(listeners, sources, triggers, TenantLimits.of(limits, objects.namespaces()));
    }

    private static List<ObjectName> sorted(@Nullable List<ObjectName> names) {
        return names == null ? List.of() : names.stream().sorted(Comparator.naturalOrder()).toList();
    }

    private CompiledOnce compiled(Stored<Trigger> stored, Objects objects) {
        var before = kept.get(stored.name());
        if (before != null && before.isStillTrue(stored, objects)) {
            return before;
        }
        var references = new RecordedReferences(objects);
        return new CompiledOnce(stored.uid(), stored.generation(), stored.labels(), references.seen(),
                compile(stored, references));
    }

    private Compilation compile(Stored<Trigger> stored, RecordedReferences references) {
        return switch (stored.content()) {
            case Read.Unreadable<Trigger>(var why) -> broken(why);
            case Read.Understood<Trigger>(var trigger, var unknown) when !unknown.isEmpty() -> new Compilation.Broken(
                    unknown.stream()
                            .map(field -> new Problem(Reason.InvalidSpec, CatalogCompiler.unknown(field, "Trigger")))
                            .toList());
            case Read.Understood<Trigger>(var trigger, var _) -> {
                var spec = trigger.getSpec();
                yield spec == null
                        ? broken("spec is missing")
                        : compiler.compile(new Definition(stored.name(), stored.uid(), stored.labels(), "spec",
                                spec.serviceAccountName(), spec.interceptors(), spec.conditions(), spec.bindings(),
                                spec.template(),
                                spec.actions(), spec.delivery()),
                                references);
            }
        };
    }

    /// What is wrong with a field that a kind does not have.
    static String unknown(String field, String kind) {
        return field + " is not a field of " + kind
                + ForeignWords.advice(field).map(advice -> ": " + advice).orElse("");
    }

    private static Compilation.Broken broken(String why) {
        return new Compilation.Broken(List.of(new Problem(Reason.InvalidSpec, why)));
    }

    /// A compilation and all that it was made from.
    record CompiledOnce(String uid, long generation, Map<String, String> labels,
            Map<RecordedReferences.Target, String> seen, Compilation compilation) {

        boolean isStillTrue(Stored<?> stored, Objects objects) {
            return uid.equals(stored.uid()) && generation == stored.generation() && labels.equals(stored.labels())
                    && RecordedReferences.unchanged(seen, objects);
        }
    }
}
