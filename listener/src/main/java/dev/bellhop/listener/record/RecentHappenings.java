package dev.bellhop.listener.record;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.select.TriggerIndex;

/// The latest happenings of each Trigger, in memory. Filtered and refused events cost no disk; this is where they can be seen.
/// What the journal has is not kept here a second time. What an EventSource left out by rules of its own shows for the Triggers
/// that are bound to it.
public final class RecentHappenings {
    private static final int PER_TRIGGER = 50;

    private final Map<ObjectName, ArrayDeque<Happening>> byTrigger = new ConcurrentHashMap<>();
    private final RecentDrops drops = new RecentDrops();
    private final Function<ObjectName, Optional<TriggerIndex>> behind;

    /// `behind` gives the Triggers that are bound to an EventSource now.
    public RecentHappenings(Function<ObjectName, Optional<TriggerIndex>> behind) {
        this.behind = behind;
    }

    /// An EventSource left something out: `rule` decided, and `what` it was.
    public void dropped(ObjectName source, Instant at, EventId id, String rule, String what) {
        drops.add(source, at, id, rule, what);
    }

    /// Keeps `happening`, and forgets the oldest of its Trigger when there are too many.
    public void add(Happening happening) {
        var latest = byTrigger.computeIfAbsent(happening.trigger(), _ -> new ArrayDeque<>());
        synchronized (latest) {
            if (latest.size() == PER_TRIGGER) {
                latest.removeFirst();
            }
            latest.addLast(happening);
        }
    }

    /// Those that are `wanted` of the Triggers that `concerns` names, newest first, at most `limit`.
    public List<Happening> latest(Predicate<ObjectName> concerns, Predicate<Happening> wanted, int limit) {
        var found = new ArrayList<Happening>();
        byTrigger.forEach((name, latest) -> {
            if (concerns.test(name)) {
                synchronized (latest) {
                    latest.stream().filter(wanted).forEach(found::add);
                }
            }
        });
        for (var source : drops.sources()) {
            behind.apply(source).ifPresent(index -> index.names().stream().filter(concerns).forEach(name -> index
                    .find(name).ifPresent(trigger -> drops.missedBy(name, trigger.uid(), source).stream().filter(wanted)
                            .forEach(found::add))));
        }
        found.sort(Happening.NEWEST_FIRST);
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    /// Forgets Triggers that are not among `names`, and EventSources that are not among `sources`.
    public void retain(Set<ObjectName> names, Set<ObjectName> sources) {
        byTrigger.keySet().retainAll(names);
        drops.retain(sources);
    }
}
