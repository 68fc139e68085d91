package dev.bellhop.controller;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.bellhop.api.Address;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.TriggerStatus;
import dev.bellhop.controller.Finding.Findings;
import dev.bellhop.controller.expose.Placement;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.catalog.Catalog;
import dev.bellhop.engine.catalog.ServedListener;
import dev.bellhop.engine.catalog.TriggerView;
import dev.bellhop.engine.trigger.Compilation;
import dev.bellhop.engine.trigger.CompiledTrigger;
import io.fabric8.kubernetes.api.model.Condition;

/// Decides what the status of a Trigger has to be. A function of what it is given.
record TriggerStatuses(Addresses addresses, Catalog catalog, Findings findings,
        Function<String, Placement> placements) {
    private static final String BOUND = "Bound";
    private static final String SUSPENDED = "Suspended";

    /// The status, its condition without a time; empty while something that the Trigger names has not been looked at.
    Optional<TriggerStatus> of(TriggerView view) {
        var stored = view.stored();
        var verdict = new Verdict();
        switch (view.compilation()) {
            case Compilation.Broken(var problems) -> verdict.addAll(problems);
            case Compilation.Sound(var trigger, var warnings) -> {
                warnings.forEach(verdict::warn);
                catalog.limits().withoutEffect(trigger).forEach(sentence -> verdict.warn("spec." + sentence));
                if (view.isServed()) {
                    named(trigger, verdict);
                    view.listeners().forEach(name -> served(trigger, name, verdict));
                }
            }
        }
        if (!view.isServed()) {
            verdict.add(new Problem(Reason.NotSelected, Unselected.why(stored, catalog)));
        }
        var exposed = catalog.exposures().ofTrigger(stored.name());
        exposed.ifPresent(standing -> verdict.add(standing, () -> placements.apply(stored.uid())));
        if (!verdict.isComplete()) {
            return Optional.empty();
        }
        var listeners = listeners(view);
        return Optional.of(new TriggerStatus(
                stored.generation(),
                Addresses.exposed(exposed).or(() -> listeners.stream().map(TriggerStatus.Listener::url).findFirst())
                        .map(Address::new).orElse(null),
                listeners,
                List.of(condition(view, verdict))));
    }

    private static Condition condition(TriggerView view, Verdict verdict) {
        var bound = bound(view);
        return view.compilation() instanceof Compilation.Sound(var trigger, var _) && trigger.policy().suspended()
                ? verdict.condition(view.stored().generation(), SUSPENDED,
                        bound + ", but spec.suspend is true: events are kept, and delivered when it is false again")
                : verdict.condition(view.stored().generation(), BOUND, bound);
    }

    private void named(CompiledTrigger trigger, Verdict verdict) {
        trigger.secrets().forEach(ref -> verdict.add(Reason.SecretMissing, findings.secret(ref)));
        trigger.serviceAccount().ifPresent(account -> verdict.add(Reason.ServiceAccountMissing,
                findings.serviceAccount(new ObjectName(trigger.name().namespace(), account))));
    }

    /// What keeps a sound Trigger from being served by one of its EventListeners.
    private void served(CompiledTrigger trigger, ObjectName listener, Verdict verdict) {
        var there = listener(listener).index().find(trigger.name());
        if (there.isEmpty()) {
            verdict.add(new Problem(Reason.InterceptorInvalid, "EventListener " + listener
                    + " chooses this Trigger through a group whose interceptors are not valid: see its status"));
        } else if (!there.get().equals(trigger)) {
            // The group's Secrets are in the listener's namespace; this Trigger's team need not know their names.
            var own = new HashSet<>(trigger.secrets());
            there.get().secrets().stream().filter(ref -> !own.contains(ref))
                    .forEach(ref -> verdict.addDiscreetly(ref, findings.secret(ref), "EventListener " + listener
                            + " chooses this Trigger through a group that names a missing Secret: see its status"));
        }
    }

    private List<TriggerStatus.Listener> listeners(TriggerView view) {
        var listeners = new ArrayList<TriggerStatus.Listener>();
        for (var name : view.listeners()) {
            var base = addresses.of(listener(name).stored(), catalog.exposures());
            listeners.add(new TriggerStatus.Listener(name.namespace(), name.name(),
                    Addresses.of(base, view.stored().name())));
        }
        return List.copyOf(listeners);
    }

    private ServedListener listener(ObjectName name) {
        return Objects.requireNonNull(catalog.listeners().get(name), () -> "The catalog lacks EventListener " + name);
    }

    private static String bound(TriggerView view) {
        return "Bound to " + Stream.of(named("EventListener", view.listeners()), named("EventSource", view.sources()))
                .filter(text -> !text.isEmpty()).collect(Collectors.joining(" and "));
    }

    private static String named(String kind, List<ObjectName> names) {
        return names.isEmpty()
                ? ""
                : kind + (names.size() == 1 ? " " : "s ")
                        + names.stream().map(ObjectName::toString).collect(Collectors.joining(", "));
    }
}
