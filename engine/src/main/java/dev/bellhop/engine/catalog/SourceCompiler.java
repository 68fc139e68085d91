package dev.bellhop.engine.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.bellhop.api.EventSource;
import dev.bellhop.api.EventSourceSpec;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.api.Trigger;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.catalog.CatalogCompiler.CompiledOnce;
import dev.bellhop.engine.select.Labels;
import dev.bellhop.engine.select.TriggerIndex;
import dev.bellhop.engine.source.SourcePlan;
import dev.bellhop.engine.source.SourceTypes;
import dev.bellhop.engine.trigger.Compilation;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.engine.trigger.TriggerCompiler;

/// Finds out what each EventSource brings, and to which Triggers of its namespace. What was found is kept: a source that did not
/// change keeps its plan, and one whose Triggers did not change its index.
final class SourceCompiler {
    private final SourceTypes types;
    private Map<ObjectName, Kept> kept = Map.of();

    SourceCompiler(SourceTypes types) {
        this.types = types;
    }

    /// An EventSource as it was compiled.
    ///
    /// @param broken Triggers that are not sound, or are named and do not exist, with their labels
    private record Kept(long generation, String account, boolean suspended, Optional<SourcePlan> plan,
            List<Problem> ownProblems, Map<ObjectName, CompiledTrigger> sound,
            Map<ObjectName, Map<String, String>> broken, ServedSource served) {}

    /// What became of an EventSource.
    ///
    /// @param chosen the Trigger objects that get its events, sound or not
    record Result(ServedSource served, Set<ObjectName> chosen) {}

    List<Result> compile(Objects objects, Map<ObjectName, CompiledOnce> compiled) {
        if (objects.sources().isEmpty()) {
            kept = Map.of();
            return List.of();
        }
        var byNamespace = new HashMap<String, List<Stored<Trigger>>>();
        objects.triggers().values().forEach(
                trigger -> byNamespace.computeIfAbsent(trigger.name().namespace(), _ -> new ArrayList<>())
                        .add(trigger));
        var next = new HashMap<ObjectName, Kept>();
        var results = new ArrayList<Result>();
        for (var stored : objects.sources().values()) {
            var one = compile(stored, byNamespace.getOrDefault(stored.name().namespace(), List.of()), compiled);
            next.put(stored.name(), one);
            var chosen = new HashSet<>(one.sound().keySet());
            one.broken().keySet().stream().filter(objects.triggers()::containsKey).forEach(chosen::add);
            results.add(new Result(one.served(), chosen));
        }
        kept = next;
        return results;
    }

    private Kept compile(Stored<EventSource> stored, List<Stored<Trigger>> neighbours,
            Map<ObjectName, CompiledOnce> compiled) {
        var known = Optional.ofNullable(kept.get(stored.name()))
                .filter(before -> before.served().stored().uid().equals(stored.uid()));
        var own = known.filter(before -> before.generation() == stored.generation());
        var ownProblems = new ArrayList<Problem>();
        var spec = spec(stored, ownProblems);
        boolean suspended = spec.map(one -> Boolean.TRUE.equals(one.suspend())).orElse(false);
        var plan = own.isPresent() ? own.get().plan() : spec.flatMap(one -> plan(one, ownProblems));
        var problems = new ArrayList<>(own.isPresent() ? own.get().ownProblems() : ownProblems);

        var sound = new LinkedHashMap<ObjectName, CompiledTrigger>();
        var broken = new LinkedHashMap<ObjectName, Map<String, String>>();
        spec.ifPresent(one -> choose(stored, one, neighbours, problems).forEach(trigger -> {
            switch (java.util.Objects.requireNonNull(compiled.get(trigger.name())).compilation()) {
                case Compilation.Sound(var found, var _) -> sound.put(trigger.name(), found);
                case Compilation.Broken _ -> broken.put(trigger.name(), trigger.labels());
            }
        }));
        // Events wait for a Trigger that is named, as for one that is broken: it may have been applied a moment after the source.
        spec.ifPresent(one -> one.triggers().stream().map(name -> new ObjectName(stored.name().namespace(), name))
                .filter(name -> !sound.containsKey(name)).forEach(name -> broken.putIfAbsent(name, Map.of())));
        var account = spec.map(EventSourceSpec::serviceAccountName).filter(name -> !name.isEmpty())
                .orElse(ServedSource.DEFAULT_ACCOUNT);
        var index = known.filter(before -> same(before.sound(), sound) && before.broken().equals(broken))
                .map(before -> before.served().index()).orElseGet(() -> TriggerIndex.of(sound.values(), broken));
        var served = new ServedSource(stored, suspended ? Optional.empty() : plan, account, suspended,
                List.copyOf(problems), index);
        return new Kept(stored.generation(), account, suspended, plan,
                own.isPresent() ? own.get().ownProblems() : List.copyOf(ownProblems), sound, broken, served);
    }

    private static Optional<EventSourceSpec> spec(Stored<EventSource> stored, List<Problem> problems) {
        return switch (stored.content()) {
            case Read.Unreadable<EventSource>(var why) -> {
                problems.add(invalid(why));
                yield Optional.empty();
            }
            case Read.Understood<EventSource>(var source, var unknown) when !unknown.isEmpty() -> {
                unknown.forEach(field -> problems.add(invalid(CatalogCompiler.unknown(field, "EventSource"))));
                yield Optional.empty();
            }
            case Read.Understood<EventSource>(var source, var _) -> {
                if (source.getSpec() == null) {
                    problems.add(invalid("spec is missing"));
                }
                yield Optional.ofNullable(source.getSpec());
            }
        };
    }

    private Optional<SourcePlan> plan(EventSourceSpec spec, List<Problem> problems) {
        return switch (types.plan(spec)) {
            case SourceTypes.Planned.Sound(var plan) -> Optional.of(plan);
            case SourceTypes.Planned.Broken(var found) -> {
                problems.addAll(found);
                yield Optional.empty();
            }
        };
    }

    private static List<Stored<Trigger>> choose(Stored<EventSource> stored, EventSourceSpec spec,
            List<Stored<Trigger>> neighbours, List<Problem> problems) {
        TriggerCompiler.nameProblem("metadata.name", stored.name().name()).ifPresent(problems::add);
        var selector = spec.triggerSelector();
        if (spec.triggers().isEmpty() && selector == null) {
            problems.add(invalid("spec names no Triggers: write triggers or triggerSelector"));
        }
        if (selector != null) {
            Labels.problems("spec.triggerSelector", selector.getMatchExpressions())
                    .forEach(why -> problems.add(invalid(why)));
        }
        for (int i = 0; i < spec.triggers().size(); i++) {
            var name = new ObjectName(stored.name().namespace(), spec.triggers().get(i));
            if (neighbours.stream().noneMatch(trigger -> trigger.name().equals(name))) {
                problems.add(new Problem(Reason.ReferenceMissing,
                        "spec.triggers[" + i + "]: Trigger " + name + " does not exist"));
            }
        }
        return neighbours.stream().filter(trigger -> spec.triggers().contains(trigger.name().name())
                || (selector != null && Labels.match(selector, trigger.labels()))).toList();
    }

    /// Compares identities: what was not compiled anew is the same object.
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Map<ObjectName, CompiledTrigger> before, Map<ObjectName, CompiledTrigger> now) {
        return before.size() == now.size()
                && now.entrySet().stream().allMatch(entry -> before.get(entry.getKey()) == entry.getValue());
    }

    private static Problem invalid(String why) {
        return new Problem(Reason.InvalidSpec, why);
    }
}
