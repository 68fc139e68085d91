package dev.bellhop.engine.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.expose.Exposure;
import dev.bellhop.engine.expose.Place;

/// Who is reached at which host and path from outside. Immutable.
public final class Exposures {
    /// Nobody.
    static final Exposures NONE = new Exposures(Map.of(), Map.of(), Map.of());

    private final Map<ObjectName, Standing> listeners;
    private final Map<ObjectName, Standing> triggers;
    private final Map<Place, Owner> owners;

    Exposures(Map<ObjectName, Standing> listeners, Map<ObjectName, Standing> triggers, Map<Place, Owner> owners) {
        this.listeners = Snapshot.of(listeners);
        this.triggers = Snapshot.of(triggers);
        this.owners = Snapshot.of(owners);
    }

    /// What became of a `spec.expose`.
    public sealed interface Standing {
        /// Events that come in there are taken.
        record Granted(Exposure exposure) implements Standing {}

        /// It is not to be had; at least one problem.
        record Denied(List<Problem> problems) implements Standing {}
    }

    /// Who has a place: an EventListener with all that it serves, or one Trigger of it.
    record Owner(ObjectName listener, Optional<ObjectName> trigger) {}

    /// Where a request goes.
    ///
    /// @param trigger absent: the rest of the path and the query say which
    /// @param rest    of the path, behind that of the EventListener
    public record Found(ObjectName listener, Optional<ObjectName> trigger, String rest) {}

    /// What became of the `spec.expose` of an EventListener; empty when it has none.
    public Optional<Standing> ofListener(ObjectName name) {
        return Optional.ofNullable(listeners.get(name));
    }

    /// What became of the `spec.expose` of a Trigger; empty when it has none.
    public Optional<Standing> ofTrigger(ObjectName name) {
        return Optional.ofNullable(triggers.get(name));
    }

    /// Whether nothing is exposed.
    public boolean isEmpty() {
        return owners.isEmpty();
    }

    /// Who is reached by a request with this `Host` header and path. The longest path counts. Takes two look-ups, however many are
    /// exposed.
    public Optional<Found> find(String host, String path) {
        if (owners.isEmpty()) {
            return Optional.empty();
        }
        var place = Place.of(host, path);
        var owner = owners.get(place);
        if (owner != null) {
            return Optional.of(new Found(owner.listener, owner.trigger, ""));
        }
        // Below a Trigger there is nothing, below an EventListener there are its namespaces.
        return place.parent().map(owners::get).filter(above -> above.trigger.isEmpty())
                .map(above -> new Found(above.listener, Optional.empty(), "/" + place.last()));
    }
}
