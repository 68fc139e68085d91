package dev.bellhop.engine.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.bellhop.api.DeliverySpec;
import dev.bellhop.api.EventListener;
import dev.bellhop.api.EventListenerSpec;
import dev.bellhop.api.EventListenerTrigger;
import dev.bellhop.api.NamespaceSelector;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.api.Trigger;
import dev.bellhop.api.TriggerGroup;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.catalog.CatalogCompiler.CompiledOnce;
import dev.bellhop.engine.policy.AdminLimits;
import dev.bellhop.engine.select.Labels;
import dev.bellhop.engine.select.TriggerIndex;
import dev.bellhop.engine.select.TriggerSelection;
import dev.bellhop.engine.trigger.Compilation;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.engine.trigger.Definition;
import dev.bellhop.engine.trigger.TriggerCompiler;
import io.fabric8.kubernetes.api.model.LabelSelector;
import org.jspecify.annotations.Nullable;

/// Finds out what one EventListener serves: Triggers chosen by its selectors, named by `triggerRef`, chosen through a group,
/// and written inline. A Trigger chosen twice runs once, and in that order of precedence.
final class ListenerCompiler {
    private final TriggerCompiler compiler;
    private final Objects objects;
    private final Map<ObjectName, CompiledOnce> compiled;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<ObjectName, CompiledTrigger> sound = new LinkedHashMap<>();
    private final Map<ObjectName, Map<String, String>> broken = new LinkedHashMap<>();
    private final Set<ObjectName> chosen = new LinkedHashSet<>();

    /// What was made for an EventListener, kept for the next time: its inline Triggers and its groups by their place, and the
    /// index over all that it serves.
    record Kept(String uid, Map<Integer, CompiledOnce> inline, Map<Integer, CompiledGroup> groups,
            Map<ObjectName, CompiledTrigger> sound, Map<ObjectName, Map<String, String>> broken, TriggerIndex index) {
        /// Nothing is known of the EventListener.
        static Kept nothingOf(Stored<EventListener> stored) {
            return new Kept(stored.uid(), Map.of(), Map.of(), Map.of(), Map.of(), TriggerIndex.of(List.of(), Map.of()));
        }
    }

    /// What became of an EventListener.
    ///
    /// @param chosen     the Trigger objects it serves, sound or not
    /// @param namespaces of all that it serves
    /// @param limits     what it says that each of them may use
    record Result(ServedListener served, Set<ObjectName> chosen, Set<String> namespaces, AdminLimits limits,
            Kept kept) {}

    ListenerCompiler(TriggerCompiler compiler, Objects objects, Map<ObjectName, CompiledOnce> compiled) {
        this.compiler = compiler;
        this.objects = objects;
        this.compiled = compiled;
    }

    Result compile(Stored<EventListener> stored, @Nullable Kept kept) {
        var before = kept == null || !kept.uid().equals(stored.uid()) ? Kept.nothingOf(stored) : kept;
        var inline = new HashMap<Integer, CompiledOnce>();
        var groups = new HashMap<Integer, CompiledGroup>();
        var account = Optional.<String>empty();
        var limits = AdminLimits.of(null, problems::add);
        switch (stored.content()) {
            case Read.Unreadable<EventListener>(var why) -> invalid(why);
            case Read.Understood<EventListener>(var listener, var unknown) when !unknown.isEmpty() ->
                unknown.forEach(field -> invalid(CatalogCompiler.unknown(field, "EventListener")));
            case Read.Understood<EventListener>(var listener, var _) when listener.getSpec() == null ->
                invalid("spec is missing");
            case Read.Understood<EventListener>(var listener, var _) -> {
                var spec = listener.getSpec();
                account = Optional.ofNullable(spec.serviceAccountName()).filter(name -> !name.isEmpty());
                limits = AdminLimits.of(spec.limits(), problems::add);
                check(stored.name(), spec);
                chosenBy(selection(stored.name().namespace(), spec)).forEach(this::serve);
                for (int i = 0; i < spec.triggers().size(); i++) {
                    named(stored, spec.triggers().get(i), i);
                }
                for (int i = 0; i < spec.triggerGroups().size(); i++) {
                    group(stored, spec.triggerGroups().get(i), i, before.groups().get(i), groups);
                }
                // Last, when all other names are known: of two Triggers with one name, the object is served.
                for (int i = 0; i < spec.triggers().size(); i++) {
                    own(stored, spec.triggers().get(i), i, before.inline().get(i), inline);
                }
            }
        }
        var index = servesTheSame(before) ? before.index() : TriggerIndex.of(sound.values(), broken);
        var served = new ServedListener(stored, account, List.copyOf(problems), index);
        return new Result(served, chosen, namespaces(), limits,
                new Kept(stored.uid(), inline, groups, sound, broken, index));
    }

    private Set<String> namespaces() {
        return Stream.concat(sound.keySet().stream(), broken.keySet().stream()).map(ObjectName::namespace)
                .collect(Collectors.toSet());
    }

    /// Compares identities: what was not compiled anew is the same object.
    @SuppressWarnings("ReferenceEquality")
    private boolean servesTheSame(Kept before) {
        return sound.size() == before.sound().size() && broken.equals(before.broken())
                && sound.entrySet().stream().allMatch(entry -> before.sound().get(entry.getKey()) == entry.getValue());
    }

    private void check(ObjectName name, EventListenerSpec spec) {
        TriggerCompiler.nameProblem("metadata.name", name.name()).ifPresent(problems::add);
        if (spec.triggers().isEmpty() && spec.triggerGroups().isEmpty()
                && selection(name.namespace(), spec).isEmpty()) {
            invalid("spec selects nothing: write namespaceSelector, labelSelector, triggers or triggerGroups");
        }
        checkNamespaces("spec.namespaceSelector", spec.namespaceSelector());
        checkLabels("spec.labelSelector", spec.labelSelector());
        checkLabels("spec.triggerSelector", spec.triggerSelector());
    }

    private void checkLabels(String field, @Nullable LabelSelector selector) {
        if (selector != null) {
            Labels.problems(field, selector.getMatchExpressions()).forEach(this::invalid);
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

    private static TriggerSelection selection(String ownNamespace, EventListenerSpec spec) {
        return new TriggerSelection(ownNamespace, spec.namespaceSelector(), spec.labelSelector(),
                spec.triggerSelector());
    }

    private List<Stored<Trigger>> chosenBy(TriggerSelection selection) {
        var found = new ArrayList<Stored<Trigger>>();
        for (var stored : objects.triggers().values()) {
            var namespace = stored.name().namespace();
            if (selection.chooses(namespace, labels(namespace), stored.labels())) {
                found.add(stored);
            }
        }
        return found;
    }

    private @Nullable Map<String, String> labels(String namespace) {
        var stored = objects.namespaces().get(namespace);
        return stored == null ? null : stored.labels();
    }

    private void serve(Stored<Trigger> stored) {
        serve(stored, UnaryOperator.identity());
    }

    private void serve(Stored<Trigger> stored, UnaryOperator<CompiledTrigger> placed) {
        if (chosen.add(stored.name())) {
            switch (java.util.Objects.requireNonNull(compiled.get(stored.name())).compilation()) {
                case Compilation.Sound(var trigger, var _) -> sound.put(stored.name(), placed.apply(trigger));
                case Compilation.Broken _ -> broken.put(stored.name(), stored.labels());
            }
        }
    }

    /// Serves the Trigger that `triggerRef` names; does nothing for an inline Trigger.
    private void named(Stored<EventListener> listener, EventListenerTrigger trigger, int i) {
        var field = "spec.triggers[" + i + "]";
        var ref = trigger.triggerRef();
        if (isInline(trigger) || ref == null) {
            return;
        }
        var target = new ObjectName(listener.name().namespace(), ref);
        var stored = objects.triggers().get(target);
        if (trigger.template() != null || !trigger.actions().isEmpty() || !trigger.bindings().isEmpty()
                || !trigger.interceptors().isEmpty()
                || !trigger.delivery().equals(DeliverySpec.NONE)) {
            invalid(field + " has both triggerRef and what the Trigger itself says, such as template, bindings, "
                    + "interceptors or retry: write one or the other");
        } else if (stored == null) {
            problems.add(
                    new Problem(Reason.ReferenceMissing, field + ".triggerRef: Trigger " + target + " does not exist"));
        } else {
            serve(stored);
        }
    }

    private static boolean isInline(EventListenerTrigger trigger) {
        return trigger.triggerRef() == null || trigger.triggerRef().isEmpty();
    }

    private void group(Stored<EventListener> listener, TriggerGroup group, int i, @Nullable CompiledGroup kept,
            Map<Integer, CompiledGroup> groups) {
        var field = "spec.triggerGroups[" + i + "]";
        var selector = group.triggerSelector();
        var selection = selector == null
                ? new TriggerSelection(listener.name().namespace(), null, null, null)
                : new TriggerSelection(listener.name().namespace(), selector.namespaceSelector(),
                        selector.labelSelector(), null);
        if (selector == null || selection.isEmpty()) {
            invalid(field + ".triggerSelector is missing: write namespaceSelector or labelSelector");
            return;
        }
        checkNamespaces(field + ".triggerSelector.namespaceSelector", selector.namespaceSelector());
        checkLabels(field + ".triggerSelector.labelSelector", selector.labelSelector());
        var compiledGroup = Optional.ofNullable(kept).flatMap(known -> known.again(listener.generation()))
                .orElseGet(() -> compile(listener, group, field));
        groups.put(i, compiledGroup);
        problems.addAll(compiledGroup.problems());
        for (var stored : chosenBy(selection)) {
            if (compiledGroup.problems().isEmpty()) {
                serve(stored, compiledGroup::member);
            } else if (chosen.add(stored.name())) {
                broken.put(stored.name(), stored.labels());
            }
        }
    }

    private CompiledGroup compile(Stored<EventListener> listener, TriggerGroup group, String field) {
        var found = new ArrayList<Problem>();
        if (group.interceptors().isEmpty()) {
            found.add(new Problem(Reason.InvalidSpec,
                    field + ".interceptors is empty: a group is there to share interceptors"));
        }
        var interceptors = compiler.interceptors(group.interceptors(), listener.name().namespace(), field, found);
        return CompiledGroup.of(listener.generation(), interceptors, found);
    }

    /// Serves an inline Trigger; does nothing for one that is named by `triggerRef`.
    private void own(Stored<EventListener> listener, EventListenerTrigger trigger, int i, @Nullable CompiledOnce kept,
            Map<Integer, CompiledOnce> inline) {
        var field = "spec.triggers[" + i + "]";
        if (!isInline(trigger)) {
            return;
        }
        if (trigger.template() == null && trigger.actions().isEmpty()) {
            invalid(field + " has neither template, actions nor triggerRef: write one of them");
            return;
        }
        var name = new ObjectName(listener.name().namespace(),
                trigger.name() == null || trigger.name().isEmpty() ? listener.name().name() + "-" + i : trigger.name());
        if (sound.containsKey(name) || broken.containsKey(name)) {
            invalid(field + ".name '" + name.name() + "' is taken by another Trigger that this EventListener serves in "
                    + name.namespace());
            return;
        }
        var own = kept != null && kept.isStillTrue(listener, objects)
                ? kept
                : compile(listener, trigger, name, field);
        inline.put(i, own);
        switch (own.compilation()) {
            case Compilation.Sound(var compiledTrigger, var _) -> sound.put(name, compiledTrigger);
            case Compilation.Broken(var found) -> {
                broken.put(name, Map.of());
                problems.addAll(found);
            }
        }
    }

    private CompiledOnce compile(Stored<EventListener> listener, EventListenerTrigger trigger, ObjectName name,
            String field) {
        var references = new RecordedReferences(objects);
        var definition = new Definition(name, listener.uid() + "/" + name.name(), Map.of(), field,
                trigger.serviceAccountName(), trigger.interceptors(), null, trigger.bindings(), trigger.template(),
                trigger.actions(), trigger.delivery());
        return new CompiledOnce(listener.uid(), listener.generation(), listener.labels(), references.seen(),
                compiler.compile(definition, references));
    }

    private void invalid(String message) {
        problems.add(new Problem(Reason.InvalidSpec, message));
    }
}
