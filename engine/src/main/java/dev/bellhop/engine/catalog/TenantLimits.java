package dev.bellhop.engine.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.bellhop.engine.policy.AdminLimits;
import dev.bellhop.engine.policy.LimitAnnotations;
import dev.bellhop.engine.policy.LimitAnnotations.Effective;
import dev.bellhop.engine.policy.Limits;
import dev.bellhop.engine.policy.Retention;
import dev.bellhop.engine.trigger.CompiledTrigger;

/// How much each namespace and each Trigger may use, as of one moment. Immutable.
public final class TenantLimits {
    /// The defaults for everybody.
    static final TenantLimits DEFAULT = new TenantLimits(Map.of(), Map.of());

    private static final AdminLimits UNSAID = AdminLimits.together(List.of());

    private final Map<String, Effective> byNamespace;
    /// Of all namespaces: one whose Triggers are gone keeps its history.
    private final Map<String, Retention.Read> kept;

    private TenantLimits(Map<String, Effective> byNamespace, Map<String, Retention.Read> kept) {
        this.byNamespace = Snapshot.of(byNamespace);
        this.kept = Snapshot.of(kept);
    }

    /// The limits of the namespaces in `said`, which have what each EventListener that serves them says.
    static TenantLimits of(Map<String, ? extends Collection<AdminLimits>> said,
            Map<String, StoredNamespace> namespaces) {
        var byNamespace = new HashMap<String, Effective>();
        said.forEach((name, limits) -> {
            var namespace = namespaces.get(name);
            byNamespace.put(name, LimitAnnotations.over(AdminLimits.together(limits),
                    namespace == null ? Map.of() : namespace.annotations()));
        });
        var kept = new HashMap<String, Retention.Read>();
        namespaces.forEach((name, namespace) -> {
            if (namespace.annotations().keySet().stream().anyMatch(key -> key.startsWith(Retention.PREFIX))) {
                kept.put(name, Retention.of(namespace.annotations()));
            }
        });
        return new TenantLimits(byNamespace, kept);
    }

    /// What the Triggers of `namespace` may use together. One that is not served any more has the defaults.
    public Limits of(String namespace) {
        return admin(namespace).perNamespace();
    }

    /// What `trigger` may use: what the admin allows each Trigger of its namespace, or less if it says so itself.
    public Limits of(CompiledTrigger trigger) {
        return admin(trigger.name().namespace()).of(trigger.policy().limits());
    }

    /// What of the limits that `trigger` sets itself has no effect, because the admin allows less: sentences.
    public List<String> withoutEffect(CompiledTrigger trigger) {
        return admin(trigger.name().namespace()).withoutEffect(trigger.policy().limits());
    }

    /// Sentences about annotations of `namespace` that are wrong.
    public List<String> warnings(String namespace) {
        var effective = byNamespace.get(namespace);
        var retention = kept.get(namespace);
        return Stream.of(effective == null ? List.<String>of() : effective.warnings(),
                retention == null ? List.<String>of() : retention.warnings()).flatMap(List::stream).toList();
    }

    /// How long finished deliveries of `namespace` stay listed.
    public Retention retention(String namespace) {
        var read = kept.get(namespace);
        return read == null ? Retention.UNSAID : read.retention();
    }

    private AdminLimits admin(String namespace) {
        var effective = byNamespace.get(namespace);
        return effective == null ? UNSAID : effective.limits();
    }
}
