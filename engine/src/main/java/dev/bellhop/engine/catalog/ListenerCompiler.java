package dev.bellhop.engine.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.bellhop.api.EventListener;
import dev.bellhop.api.EventListenerSpec;
import dev.bellhop.api.EventListenerTrigger;
import dev.bellhop.api.NamespaceSelector;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.catalog.CatalogCompiler.CompiledOnce;
import dev.bellhop.engine.intercept.Interceptor;
import dev.bellhop.engine.select.Labels;
import dev.bellhop.engine.select.TriggerIndex;
import dev.bellhop.engine.select.TriggerSelection;
import dev.bellhop.engine.trigger.Compilation;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.engine.trigger.Definition;
import dev.bellhop.engine.trigger.TriggerCompiler;
import org.jspecify.annotations.Nullable;

/// Finds out what one EventListener serves: Triggers chosen by its selectors, named by `triggerRef`, written inline, and
/// chosen through a group. A Trigger chosen twice runs once, and in that order of precedence.
final class ListenerCompiler {
    private final TriggerCompiler compiler;
    private final Objects objects;
    private final Map<ObjectName, CompiledOnce> compiled;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<ObjectName, CompiledTrigger> sound = new LinkedHashMap<>();
    private final Set<ObjectName> broken = new LinkedHashSet<>();
    private final Set<ObjectName> chosen = new LinkedHashSet<>();

    /// What an EventListener's own Triggers were compiled to, to be kept for the next time.
    record Inline(Map<Integer, CompiledOnce> compiled) {}

    /// What became of an EventListener. `chosen` are the Trigger objects it serves, sound or not.
    record Result(ServedListener served, Set<ObjectName> chosen, Inline inline) {}

    ListenerCompiler(TriggerCompiler compiler, Objects objects, Map<ObjectName, CompiledOnce> compiled) {
        this.compiler = compiler;
        this.objects = objects;
        this.compiled = compiled;
    }

    Result compile(Stored<EventListener> stored, @Nullable Inline before) {
        var inline = new HashMap<Integer, CompiledOnce>();
        var account = Optional.<String>empty();
        switch (stored.content()) {
            case Read.Unreadable<EventListener>(var why) -> invalid(why);
            case Read.Understood<EventListener>(var listener, var unknown) when !unknown.isEmpty() ->
                unknown.forEach(field -> invalid(field + " is not a field of EventListener"));
            case Read.Understood<EventListener>(var listener, var _) when listener.getSpec() == null ->
                invalid("spec is missing");
            case Read.Understood<EventListener>(var listener, var _) -> {
                var spec = listener.getSpec();
                account = Optional.ofNullable(spec.serviceAccountName()).filter(name -> !name.isEmpty());
                check(spec);
                choose(stored.name().namespace(), spec);
                for (int i = 0; i < spec.triggers().size(); i++) {
                    own(stored, spec.triggers().get(i), i, before, inline);
                }
                groups(stored.name().namespace(), spec);
            }
        }
        var served = new ServedListener(stored, account, List.copyOf(problems),
                TriggerIndex.of(sound.values(), broken));
        return new Result(served, chosen, new Inline(inline));
    }

    private void check(EventListenerSpec spec) {
        if (spec.triggers().isEmpty() && spec.triggerGroups().isEmpty() && spec.labelSelector() == null
                && spec.triggerSelector() == null && spec.namespaceSelector() == null) {
            invalid("spec selects nothing: write namespaceSelector, labelSelector, triggers or triggerGroups");
        }
        checkNamespaces("spec.namespaceSelector", spec.namespaceSelector());
        if (spec.labelSelector() != null) {
            Labels.problems("spec.labelSelector", spec.labelSelector().getMatchExpressions()).forEach(this::invalid);
        }
        if (spec.triggerSelector() != null) {
            Labels.problems("spec.triggerSelector", spec.triggerSelector().getMatchExpressions())
                    .forEach(this::invalid);
        }
    }

    private void checkNamespaces(String field, @Nullable NamespaceSelector selector) {
        if (selector != null) {
            Labels.problems(field, selector.matchExpressions()).forEach(this::invalid);
            if (selector.matchNames().size() > 1 && selector.matchNames().contains("*")) {
                invalid(field + ".matchNames: \"*\" stands for all namespaces only when it is alone");
            }
        }
    }

    private void choose(String ownNamespace, EventListenerSpec spec) {
        var selection = new TriggerSelection(ownNamespace, spec.namespaceSelector(), spec.labelSelector(),
                spec.triggerSelector());
        chosenBy(selection).forEach(stored -> serve(stored.name(), List.of()));
    }

    private List<Stored<?>> chosenBy(TriggerSelection selection) {
        var found = new ArrayList<Stored<?>>();
        for (var stored : objects.triggers().values()) {
            var namespace = stored.name().namespace();
            var namespaceLabels = objects.namespaces().getOrDefault(namespace, Map.of());
            if (selection.chooses(namespace, namespaceLabels, stored.labels())) {
                found.add(stored);
            }
        }
        return found;
    }

    private void serve(ObjectName name, List<Interceptor> group) {
        if (!chosen.add(name)) {
            return;
        }
        switch (compiled.get(name).compilation()) {
            case Compilation.Sound(var trigger, var _) ->
                sound.put(name, group.isEmpty() ? trigger : trigger.behind(group));
            case Compilation.Broken _ -> broken.add(name);
        }
    }

    private void own(Stored<EventListener> listener, EventListenerTrigger trigger, int i, @Nullable Inline before,
            Map<Integer, CompiledOnce> inline) {
        var field = "spec.triggers[" + i + "]";
        if (trigger.triggerRef() != null) {
            named(new ObjectName(listener.name().namespace(), trigger.triggerRef()), trigger, field);
            return;
        }
        if (trigger.template() == null) {
            invalid(field + " has neither template nor triggerRef: write one of them");
            return;
        }
        var name = new ObjectName(listener.name().namespace(),
                trigger.name() == null || trigger.name().isEmpty() ? listener.name().name() + "-" + i : trigger.name());
        if (sound.containsKey(name) || broken.contains(name)) {
            invalid(field + ".name '" + name.name() + "' is taken by another Trigger that this EventListener serves in "
                    + name.namespace());
            return;
        }
        var kept = before == null ? null : before.compiled().get(i);
        if (kept == null || !kept.isStillTrue(listener, objects)) {
            var references = new RecordedReferences(objects);
            var definition = new Definition(name, listener.uid() + "/" + name.name(), Map.of(), field,
                    trigger.serviceAccountName(),
                    trigger.interceptors(), trigger.bindings(), trigger.template());
            kept = new CompiledOnce(listener.uid(), listener.generation(), listener.labels(), references.seen(),
                    compiler.compile(definition, references));
        }
        inline.put(i, kept);
        switch (kept.compilation()) {
            case Compilation.Sound(var compiledTrigger, var _) -> sound.put(name, compiledTrigger);
            case Compilation.Broken(var found) -> {
                broken.add(name);
                problems.addAll(found);
            }
        }
    }

    private void named(ObjectName target, EventListenerTrigger trigger, String field) {
        if (trigger.template() != null || !trigger.bindings().isEmpty() || !trigger.interceptors().isEmpty()) {
            invalid(field + " has both triggerRef and template, bindings or interceptors: write one or the other");
        } else if (!objects.triggers().containsKey(target)) {
            problems.add(
                    new Problem(Reason.ReferenceMissing, field + ".triggerRef: Trigger " + target + " does not exist"));
        } else {
            serve(target, List.of());
        }
    }

    private void groups(String ownNamespace, EventListenerSpec spec) {
        for (int i = 0; i < spec.triggerGroups().size(); i++) {
            var group = spec.triggerGroups().get(i);
            var field = "spec.triggerGroups[" + i + "]";
            var selector = group.triggerSelector();
            if (selector == null || (selector.namespaceSelector() == null && selector.labelSelector() == null)) {
                invalid(field + ".triggerSelector is missing: write namespaceSelector or labelSelector");
                continue;
            }
            checkNamespaces(field + ".triggerSelector.namespaceSelector", selector.namespaceSelector());
            if (group.interceptors().isEmpty()) {
                invalid(field + ".interceptors is empty: a group is there to share interceptors");
                continue;
            }
            int before = problems.size();
            var interceptors = compiler.interceptors(group.interceptors(), ownNamespace, field, problems);
            var selection = new TriggerSelection(ownNamespace, selector.namespaceSelector(), selector.labelSelector(),
                    null);
            for (var stored : chosenBy(selection)) {
                if (problems.size() == before) {
                    serve(stored.name(), interceptors);
                } else if (chosen.add(stored.name())) {
                    broken.add(stored.name());
                }
            }
        }
    }

    private void invalid(String message) {
        problems.add(new Problem(Reason.InvalidSpec, message));
    }
}
