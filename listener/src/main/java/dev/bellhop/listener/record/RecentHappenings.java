package dev.bellhop.listener.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import dev.bellhop.api.ObjectName;

/// The latest happenings of each Trigger, in memory. Filtered and refused events cost no disk; this is where they can be seen.
/// What the journal has is not kept here a second time.
public final class RecentHappenings {
    private static final int PER_TRIGGER = 50;

    private final Map<ObjectName, ArrayDeque<Happening>> byTrigger = new ConcurrentHashMap<>();

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
        found.sort(Happening.NEWEST_FIRST);
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    /// Forgets Triggers that are not among `names`.
    public void retain(Set<ObjectName> names) {
        byTrigger.keySet().retainAll(names);
    }
}
