package dev.bellhop.listener.source.kube;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.bellhop.spi.source.SourceContext;
import dev.bellhop.spi.source.SourceHealth;
import org.jspecify.annotations.Nullable;

/// Makes one report out of how the parts of a source fare: connected when all of them are; otherwise what fails, and how many do
/// not. The same of each cluster that is named. Says nothing before it knows.
public final class Fares {
    private static final int MOST_NAMED = 3;

    private final SourceContext context;
    private final String what;
    private final Set<String> clusters;
    private final TreeMap<String, Fare> byPart = new TreeMap<>();
    private @Nullable Report reported;

    private record Report(SourceHealth health, Map<String, SourceHealth> clusters) {}

    /// `what` is being watched, in words. Of `clusters` each has a report of its own; a part of it has a name that begins with
    /// the cluster's and a slash or a space.
    public Fares(SourceContext context, String what, Set<String> clusters) {
        this.context = context;
        this.what = what;
        this.clusters = Set.copyOf(clusters);
    }

    /// How `part` fares from now on.
    public synchronized void put(String part, Fare fare) {
        byPart.put(part, fare);
        report();
    }

    /// `part` is no more.
    public synchronized void remove(String part) {
        byPart.remove(part);
        report();
    }

    private void report() {
        var whole = health(byPart.values());
        if (whole.isEmpty()) {
            return;
        }
        var ofClusters = new TreeMap<String, SourceHealth>();
        for (var cluster : clusters) {
            health(partsOf(cluster)).ifPresent(health -> ofClusters.put(cluster, health));
        }
        var next = new Report(whole.get(), ofClusters);
        if (!next.equals(reported)) {
            reported = next;
            context.report(next.health, next.clusters);
        }
    }

    private Collection<Fare> partsOf(String cluster) {
        // '!' comes right after the space in ASCII, '0' right after the slash.
        var parts = new TreeMap<>(byPart.subMap(cluster + " ", cluster + "!"));
        parts.putAll(byPart.subMap(cluster + "/", cluster + "0"));
        return parts.values();
    }

    private Optional<SourceHealth> health(Collection<Fare> fares) {
        var reasons = new LinkedHashSet<String>();
        var messages = new LinkedHashSet<String>();
        int watched = 0;
        int starting = 0;
        for (var fare : fares) {
            switch (fare) {
                case Fare.Starting _ -> starting++;
                case Fare.Watching _ -> watched++;
                case Fare.Failing(var reason, var message) -> {
                    reasons.add(reason);
                    messages.add(message);
                }
            }
        }
        if (messages.isEmpty()) {
            return starting > 0 || watched == 0
                    ? Optional.empty()
                    : Optional.of(new SourceHealth.Connected("watching " + what));
        }
        var text = new StringBuilder(String.join("; ", messages.stream().limit(MOST_NAMED).toList()));
        if (messages.size() > MOST_NAMED) {
            text.append("; and ").append(messages.size() - MOST_NAMED).append(" more");
        }
        if (watched > 0) {
            text.append("; ").append(watched).append(" of ").append(fares.size()).append(" parts are watched");
        }
        return Optional.of(new SourceHealth.Disconnected(reasons.getFirst(), text.toString()));
    }
}
