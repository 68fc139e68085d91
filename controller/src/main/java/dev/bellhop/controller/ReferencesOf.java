package dev.bellhop.controller;

import java.util.HashSet;
import java.util.Set;

import dev.bellhop.api.ObjectName;
import dev.bellhop.controller.ReferenceChecker.Target;
import dev.bellhop.controller.ReferenceChecker.Wanted;
import dev.bellhop.engine.catalog.Catalog;
import dev.bellhop.engine.catalog.Stored;
import dev.bellhop.engine.catalog.TriggerView;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.trigger.Compilation;
import org.jspecify.annotations.Nullable;

/// Gathers the Secrets and ServiceAccounts that everything served names. Those that only unselected or broken Triggers name
/// are left alone.
final class ReferencesOf {
    private final Set<SecretRef> secrets = new HashSet<>();
    private final Set<ObjectName> accounts = new HashSet<>();
    private final Set<Target> now = new HashSet<>();

    private ReferencesOf() {}

    /// What `catalog` names, and what of it is named by objects that have changed since `before`.
    static Wanted all(Catalog catalog, Catalog before) {
        var all = new ReferencesOf();
        catalog.triggers().forEach((name, view) -> {
            var known = before.triggers().get(name);
            all.add(view, isAnother(view.stored(), known == null ? null : known.stored()));
        });
        catalog.listeners().forEach((name, listener) -> {
            var known = before.listeners().get(name);
            all.add(ListenerStatuses.secrets(listener, catalog), ListenerStatuses.serviceAccounts(listener, catalog),
                    isAnother(listener.stored(), known == null ? null : known.stored()));
        });
        catalog.sources().forEach((name, source) -> {
            var known = before.sources().get(name);
            all.add(Set.of(), SourceStatuses.named(source),
                    isAnother(source.stored(), known == null ? null : known.stored()));
        });
        return new Wanted(all.secrets, all.accounts, all.now);
    }

    private void add(TriggerView view, boolean changed) {
        if (view.compilation() instanceof Compilation.Sound(var trigger, var _) && view.isServed()) {
            add(Set.copyOf(trigger.secrets()), trigger.serviceAccount()
                    .map(account -> Set.of(new ObjectName(trigger.name().namespace(), account))).orElse(Set.of()),
                    changed);
        }
    }

    private void add(Set<SecretRef> refs, Set<ObjectName> names, boolean changed) {
        secrets.addAll(refs);
        accounts.addAll(names);
        if (changed) {
            refs.forEach(ref -> now.add(Target.Secret.of(ref)));
            names.forEach(name -> now.add(new Target.ServiceAccount(name)));
        }
    }

    private static boolean isAnother(Stored<?> stored, @Nullable Stored<?> before) {
        return before == null || !before.uid().equals(stored.uid()) || before.generation() != stored.generation();
    }
}
