package dev.bellhop.controller;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.bellhop.api.Address;
import dev.bellhop.api.EventListenerStatus;
import dev.bellhop.api.ObjectName;
import dev.bellhop.controller.Finding.Findings;
import dev.bellhop.controller.expose.Placement;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.catalog.Catalog;
import dev.bellhop.engine.catalog.ServedListener;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.trigger.Compilation;
import dev.bellhop.engine.trigger.CompiledTrigger;

/// Decides what the status of an EventListener has to be. A function of what it is given.
record ListenerStatuses(Addresses addresses, Catalog catalog, Findings findings,
        Function<String, Placement> placements) {
    private static final String SERVED = "Served";
    private static final int MOST_WARNINGS = 10;

    /// The status, its condition without a time; empty while something that the EventListener names has not been looked at.
    Optional<EventListenerStatus> of(ServedListener listener) {
        var stored = listener.stored();
        var verdict = new Verdict();
        verdict.addAll(listener.problems());
        Addresses.problem(stored).ifPresent(verdict::add);
        catalog.exposures().ofListener(stored.name())
                .ifPresent(standing -> verdict.add(standing, () -> placements.apply(stored.uid())));
        secrets(listener, catalog).forEach(ref -> verdict.add(Reason.SecretMissing, findings.secret(ref)));
        serviceAccounts(listener, catalog)
                .forEach(name -> verdict.add(Reason.ServiceAccountMissing, findings.serviceAccount(name)));
        annotations(listener).forEach(verdict::warn);
        if (!verdict.isComplete()) {
            return Optional.empty();
        }
        int triggers = listener.index().size();
        return Optional.of(new EventListenerStatus(
                stored.generation(),
                new Address(addresses.of(stored, catalog.exposures())),
                triggers,
                List.of(verdict.condition(stored.generation(), SERVED,
                        "Serving " + triggers + (triggers == 1 ? " Trigger" : " Triggers")))));
    }

    /// What is wrong with annotations of the namespaces that it serves: those of some, for they may be thousands.
    private List<String> annotations(ServedListener listener) {
        return listener.index().names().stream().map(ObjectName::namespace).distinct().sorted()
                .flatMap(namespace -> catalog.limits().warnings(namespace).stream()
                        .map(warning -> "Namespace " + namespace + ": annotation " + warning))
                .limit(MOST_WARNINGS).toList();
    }

    /// The Secrets that the EventListener itself names, in its inline Triggers and in the interceptors of its groups.
    static Set<SecretRef> secrets(ServedListener listener, Catalog catalog) {
        var secrets = new LinkedHashSet<SecretRef>();
        for (var name : listener.index().names().stream().sorted().toList()) {
            var served = listener.index().find(name).orElseThrow();
            var own = asObject(served, listener, catalog);
            if (own.isEmpty()) {
                secrets.addAll(served.secrets());
            } else if (!own.get().equals(served)) {
                var ofObject = own.get().secrets();
                served.secrets().stream().filter(ref -> !ofObject.contains(ref)).forEach(secrets::add);
            }
        }
        return secrets;
    }

    /// The ServiceAccounts that the EventListener itself names, for all its Triggers and in its inline ones.
    static Set<ObjectName> serviceAccounts(ServedListener listener, Catalog catalog) {
        var namespace = listener.stored().name().namespace();
        var accounts = new LinkedHashSet<ObjectName>();
        listener.serviceAccount().ifPresent(account -> accounts.add(new ObjectName(namespace, account)));
        for (var name : listener.index().names().stream().sorted().toList()) {
            var served = listener.index().find(name).orElseThrow();
            if (asObject(served, listener, catalog).isEmpty()) {
                served.serviceAccount().ifPresent(account -> accounts.add(new ObjectName(namespace, account)));
            }
        }
        return accounts;
    }

    /// The Trigger object, as compiled without a group, that `served` was made from; empty when it is written inline.
    private static Optional<CompiledTrigger> asObject(CompiledTrigger served, ServedListener listener,
            Catalog catalog) {
        var view = catalog.triggers().get(served.name());
        return view != null && view.listeners().contains(listener.stored().name())
                && view.compilation() instanceof Compilation.Sound(var trigger, var _)
                        ? Optional.of(trigger)
                        : Optional.empty();
    }
}
