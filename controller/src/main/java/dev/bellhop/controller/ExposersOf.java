package dev.bellhop.controller;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.controller.expose.Exposer;
import dev.bellhop.controller.expose.ExposureWriter.Wanted;
import dev.bellhop.engine.catalog.Catalog;
import dev.bellhop.engine.catalog.Exposures.Standing;
import dev.bellhop.engine.catalog.Stored;

/// Gathers for whom objects are to be made that lead to them from outside.
final class ExposersOf {
    private final List<Exposer> exposers = new ArrayList<>();
    private final Set<String> unreadable = new HashSet<>();

    private ExposersOf() {}

    /// Those of `catalog`, in the order of their names.
    static Wanted all(Catalog catalog) {
        var all = new ExposersOf();
        catalog.listeners().values().forEach(listener -> all.add("EventListener", listener.stored(),
                catalog.exposures().ofListener(listener.stored().name())));
        catalog.triggers().values().forEach(view -> all.add("Trigger", view.stored(),
                catalog.exposures().ofTrigger(view.stored().name())));
        all.exposers.sort(Comparator.comparing(Exposer::name).thenComparing(Exposer::kind));
        return new Wanted(List.copyOf(all.exposers), Set.copyOf(all.unreadable));
    }

    private void add(String kind, Stored<?> stored, Optional<Standing> standing) {
        if (stored.content() instanceof Read.Unreadable<?>) {
            unreadable.add(stored.uid());
        } else if (standing.isPresent() && standing.get() instanceof Standing.Granted(var exposure)
                && (exposure.spec().ingress() != null || exposure.spec().httpRoute() != null)) {
            exposers.add(new Exposer(kind, stored.name(), stored.uid(), exposure));
        }
    }
}
