package dev.bellhop.listener.share;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.bellhop.engine.catalog.Catalog;
import dev.bellhop.engine.policy.DeliveryPolicy;
import dev.bellhop.engine.policy.Limits;
import dev.bellhop.engine.select.TriggerIndex;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.listener.journal.Lane;

/// What holds for each lane and each tenant, as of one moment. Immutable.
public final class Rules {
    /// Nothing is served.
    public static final Rules NONE = of(Catalog.NOTHING);

    private final Map<Lane, Held> triggers;
    private final Catalog catalog;

    /// What holds for one Trigger: asked for with every event, so it is worked out before.
    private record Held(DeliveryPolicy policy, Limits limits) {}

    private Rules(Map<Lane, Held> triggers, Catalog catalog) {
        this.triggers = triggers;
        this.catalog = catalog;
    }

    /// Those of `catalog`. A Trigger that several EventListeners and EventSources serve has one lane.
    public static Rules of(Catalog catalog) {
        var triggers = new HashMap<Lane, Held>();
        for (var listener : catalog.listeners().values()) {
            put(listener.index(), catalog, triggers);
        }
        catalog.sources().values().forEach(source -> put(source.index(), catalog, triggers));
        return new Rules(Map.copyOf(triggers), catalog);
    }

    private static void put(TriggerIndex index, Catalog catalog, Map<Lane, Held> triggers) {
        for (var name : index.names()) {
            index.find(name).ifPresent(trigger -> triggers.put(laneOf(trigger),
                    new Held(trigger.policy(), catalog.limits().of(trigger))));
        }
    }

    /// Where the deliveries of a Trigger wait.
    public static Lane laneOf(CompiledTrigger trigger) {
        return new Lane(trigger.name(), trigger.uid());
    }

    /// How the deliveries of `lane` are carried out; the default for one whose Trigger is not served now.
    public DeliveryPolicy policy(Lane lane) {
        var held = triggers.get(lane);
        return held == null ? DeliveryPolicy.DEFAULT : held.policy;
    }

    /// What the deliveries of `lane` may use.
    Limits limits(Lane lane) {
        var held = triggers.get(lane);
        return held == null ? Limits.NONE : held.limits;
    }

    /// What all deliveries of a tenant may use together.
    Limits limits(String tenant) {
        return catalog.limits().of(tenant);
    }

    /// The namespaces whose Triggers are served.
    public Set<String> tenants() {
        return triggers.keySet().stream().map(lane -> lane.trigger().namespace())
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean knows(Lane lane) {
        return triggers.containsKey(lane);
    }
}
