package dev.bellhop.listener;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.Origin;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.listener.Directory.Behind;
import dev.bellhop.listener.action.Identity;
import dev.bellhop.listener.action.Order;
import dev.bellhop.listener.journal.DedupKey;
import dev.bellhop.listener.journal.Delivery;

/// On whose behalf a delivery is carried out, and how far that reaches.
record Mandate(Delivery delivery, Behind behind, CompiledTrigger trigger) {
    /// The mandate to do what `directory` holds the delivery's Trigger to say now; empty when it holds another, or none.
    static Optional<Mandate> of(Delivery delivery, Directory directory) {
        return directory.behind(delivery.door()).flatMap(behind -> behind.index().find(delivery.trigger())
                .filter(trigger -> trigger.uid().equals(delivery.triggerUid()))
                .map(trigger -> new Mandate(delivery, behind, trigger)));
    }

    /// The order to create `resources`, or to do something else.
    Order order(List<ObjectNode> resources) {
        var identity = new Identity(delivery.identity(), delivery.event().receivedAt(),
                delivery.replayOf().isPresent() ? Optional.empty() : delivery.dedup().map(DedupKey::window));
        return new Order(delivery.event().id(), delivery.door(), delivery.trigger(), identity,
                hops(delivery.event()), actingUser(), resources);
    }

    /// A team that leaves `serviceAccountName` out acts with the rights of the EventListener's owner. It may do so in its own
    /// namespace only: otherwise whoever may write a Trigger could create objects in every namespace which that account reaches.
    boolean isBorrowed() {
        return trigger.serviceAccount().isEmpty()
                && !trigger.name().namespace().equals(delivery.door().name().namespace());
    }

    /// The Trigger's ServiceAccount is in the Trigger's namespace, the door's in the door's.
    Optional<String> actingUser() {
        return trigger.serviceAccount().map(account -> serviceAccount(trigger.name(), account))
                .or(() -> behind.serviceAccount().map(account -> serviceAccount(delivery.door().name(), account)));
    }

    private static String serviceAccount(ObjectName neighbour, String name) {
        return "system:serviceaccount:" + neighbour.namespace() + ":" + name;
    }

    private static int hops(Event event) {
        return switch (event.origin()) {
            case Origin.Http _ -> 0;
            case Origin.Sourced sourced -> sourced.facts().path("hops").asInt(0) + 1;
        };
    }
}
