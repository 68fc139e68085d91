package dev.bellhop.engine.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.bellhop.api.EventListener;
import dev.bellhop.api.ExposeSpec;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.api.Trigger;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.catalog.Exposures.Owner;
import dev.bellhop.engine.catalog.Exposures.Standing;
import dev.bellhop.engine.expose.AllowedHosts;
import dev.bellhop.engine.expose.Exposure;
import dev.bellhop.engine.expose.ExposureReader;
import dev.bellhop.engine.expose.Place;
import io.fabric8.kubernetes.client.CustomResource;
import org.jspecify.annotations.Nullable;

/// Decides who gets which place: it must be sound, allowed to the namespace, and not taken by an older object.
final class ExposureCompiler {
    private static final Comparator<Claim> OLDEST_FIRST = Comparator.comparing(Claim::created)
            .thenComparing(Claim::kind).thenComparing(Claim::name);

    private final Map<String, StoredNamespace> namespaces;
    private final Map<ObjectName, ServedListener> served;
    private final Map<ObjectName, Standing> listeners = new HashMap<>();
    private final Map<ObjectName, Standing> triggers = new HashMap<>();
    private final List<Claim> claims = new ArrayList<>();

    /// Somebody wants a place.
    ///
    /// @param created RFC 3339 in UTC, so that the older text is the smaller one
    private record Claim(String kind, ObjectName name, String created, Exposure exposure, Owner owner,
            Map<ObjectName, Standing> standings) {
        Place place() {
            return exposure.place();
        }

        void deny(Reason reason, String why) {
            standings.put(name, new Standing.Denied(List.of(new Problem(reason, why))));
        }
    }

    private ExposureCompiler(Map<String, StoredNamespace> namespaces, Map<ObjectName, ServedListener> served) {
        this.namespaces = namespaces;
        this.served = served;
    }

    static Exposures compile(Map<String, StoredNamespace> namespaces, Map<ObjectName, ServedListener> served,
            Map<ObjectName, TriggerView> triggers) {
        var compiler = new ExposureCompiler(namespaces, served);
        served.values().forEach(listener -> compiler.add(listener.stored()));
        triggers.values().forEach(compiler::add);
        return compiler.listeners.isEmpty() && compiler.triggers.isEmpty() && compiler.claims.isEmpty()
                ? Exposures.NONE
                : compiler.decide();
    }

    private void add(Stored<EventListener> stored) {
        if (stored.content() instanceof Read.Understood<EventListener>(var object, var _) && object.getSpec() != null
                && object.getSpec().expose() != null) {
            if (object.getSpec().externalUrl() != null && !object.getSpec().externalUrl().isEmpty()) {
                listeners.put(stored.name(), new Standing.Denied(List.of(new Problem(Reason.InvalidSpec,
                        "spec.expose and spec.externalUrl exclude each other"))));
            } else {
                claim("EventListener", stored, object, object.getSpec().expose(),
                        new Owner(stored.name(), Optional.empty()), listeners);
            }
        }
    }

    private void add(TriggerView view) {
        var stored = view.stored();
        if (stored.content() instanceof Read.Understood<Trigger>(var trigger, var _) && trigger.getSpec() != null
                && trigger.getSpec().expose() != null) {
            if (view.listeners().isEmpty()) {
                triggers.put(stored.name(), new Standing.Denied(List.of(new Problem(Reason.NotSelected,
                        "spec.expose: no EventListener serves this Trigger, so that no event could reach it"))));
            } else {
                claim("Trigger", stored, trigger, trigger.getSpec().expose(),
                        new Owner(view.listeners().getFirst(), Optional.of(stored.name())), triggers);
            }
        }
    }

    private void claim(String kind, Stored<?> stored, CustomResource<?, ?> object, @Nullable ExposeSpec spec,
            Owner owner,
            Map<ObjectName, Standing> standings) {
        switch (ExposureReader.read(Objects.requireNonNull(spec))) {
            case ExposureReader.Read.Broken(var problems) ->
                standings.put(stored.name(), new Standing.Denied(problems));
            case ExposureReader.Read.Sound(var exposure) -> claims.add(new Claim(kind, stored.name(),
                    Objects.requireNonNullElse(object.getMetadata().getCreationTimestamp(), ""), exposure, owner,
                    standings));
        }
    }

    private Exposures decide() {
        var taken = new HashMap<Place, Claim>();
        claims.stream().sorted(OLDEST_FIRST).forEach(claim -> {
            if (!isAllowed(claim)) {
                return;
            }
            var older = taken.putIfAbsent(claim.place(), claim);
            if (older != null) {
                claim.deny(Reason.PathTaken, "spec.expose: " + claim.place() + " is taken by "
                        + whose(older, claim) + ", which is older: choose another host or path");
            }
        });
        var owners = new HashMap<Place, Owner>();
        taken.forEach((place, claim) -> {
            var above = place.parent().map(taken::get);
            if (above.isPresent() && isIn(above.get(), claim)) {
                claim.deny(Reason.PathTaken, "spec.expose: " + place + " is where " + whose(above.get(), claim)
                        + " has the Triggers of namespace " + place.last() + ": choose another path");
            } else {
                claim.standings.put(claim.name, new Standing.Granted(claim.exposure));
                owners.put(place, claim.owner);
            }
        });
        return new Exposures(listeners, triggers, owners);
    }

    private boolean isAllowed(Claim claim) {
        var namespace = namespaces.get(claim.name.namespace());
        var allowed = AllowedHosts.of(namespace == null ? Map.of() : namespace.annotations());
        if (allowed.allow(claim.place())) {
            return true;
        }
        claim.deny(Reason.HostNotAllowed, "spec.expose: namespace " + claim.name.namespace() + " may not use "
                + claim.place() + (allowed.entries().isEmpty()
                        ? ""
                        : ", but " + String.join(", ", allowed.entries()))
                + ": an admin can allow it by the annotation " + AllowedHosts.ANNOTATION + " of the Namespace");
        return false;
    }

    /// Whether the place of `claim` is that of another namespace's Triggers at the EventListener of `above`.
    private boolean isIn(Claim above, Claim claim) {
        var namespace = claim.place().last();
        return above.owner.trigger().isEmpty() && !namespace.equals(claim.name.namespace())
                && Objects.requireNonNull(served.get(above.name)).index().serves(namespace);
    }

    /// Names an object only to its own namespace.
    private static String whose(Claim one, Claim reader) {
        return one.name.namespace().equals(reader.name.namespace())
                ? one.kind + " " + one.name.name()
                : "an object of another namespace";
    }
}
