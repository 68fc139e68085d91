package dev.bellhop.listener.source.kube;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.TreeMap;

import dev.bellhop.spi.source.SourceContext;
import dev.bellhop.spi.source.SourceHealth;
import org.jspecify.annotations.Nullable;

/// Makes one report out of how the parts of a source fare, such as its clusters: connected when all of them are; otherwise what
/// fails, and how many do not. Says nothing before it knows.
public final class Fares {
    private static final int MOST_NAMED = 3;

    private final SourceContext context;
    private final String what;
    private final TreeMap<String, Fare> byPart = new TreeMap<>();
    private @Nullable SourceHealth reported;

    /// `what` is being watched, in words.
    public Fares(SourceContext context, String what) {
        this.context = context;
        this.what = what;
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
        var health = health();
        if (health.isPresent() && !health.get().equals(reported)) {
            reported = health.get();
            context.report(reported);
        }
    }

    private Optional<SourceHealth> health() {
        var reasons = new LinkedHashSet<String>();
        var messages = new LinkedHashSet<String>();
        int watched = 0;
        int starting = 0;
        for (var fare : byPart.values()) {
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
            text.append("; ").append(watched).append(" of ").append(byPart.size()).append(" parts are watched");
        }
        return Optional.of(new SourceHealth.Disconnected(reasons.getFirst(), text.toString()));
    }
}
