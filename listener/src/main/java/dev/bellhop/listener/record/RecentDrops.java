package dev.bellhop.listener.record;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.Door;

/// The latest of what each EventSource left out by rules of its own, in memory: a few of each rule, so that one which drops a
/// thousand a second does not hide the others. No Trigger was asked; to people they show as filtered for each that is bound.
final class RecentDrops {
    private static final int RULES = 8;
    private static final int PER_RULE = 5;

    private final Map<ObjectName, Map<String, ArrayDeque<Drop>>> bySource = new ConcurrentHashMap<>();

    /// Something that was left out.
    ///
    /// @param id   tells it from others
    /// @param rule what decided, such as `fields[0]`
    /// @param what it was, for people
    private record Drop(Instant at, EventId id, String rule, String what) {}

    /// Keeps one, and forgets the oldest of its rule, or of the rule that came first, when there are too many.
    void add(ObjectName source, Instant at, EventId id, String rule, String what) {
        var rules = bySource.computeIfAbsent(source, _ -> new LinkedHashMap<>());
        synchronized (rules) {
            if (!rules.containsKey(rule) && rules.size() == RULES) {
                rules.remove(rules.keySet().iterator().next());
            }
            var latest = rules.computeIfAbsent(rule, _ -> new ArrayDeque<>(PER_RULE));
            if (latest.size() == PER_RULE) {
                latest.removeFirst();
            }
            latest.addLast(new Drop(at, id, rule, what));
        }
    }

    /// The EventSources that left something out.
    Set<ObjectName> sources() {
        return Set.copyOf(bySource.keySet());
    }

    /// What `source` left out, as the Trigger missed it.
    List<Happening> missedBy(ObjectName trigger, String triggerUid, ObjectName source) {
        var rules = bySource.getOrDefault(source, Map.of());
        var missed = new ArrayList<Happening>();
        synchronized (rules) {
            rules.values().forEach(latest -> latest.forEach(drop -> missed.add(new Happening(drop.at, drop.id,
                    Optional.empty(), Door.source(source), trigger, triggerUid,
                    new Ending.Filtered("EventSource " + source.name(), drop.rule + ": " + drop.what)))));
        }
        return missed;
    }

    /// Forgets EventSources that are not among `names`.
    void retain(Set<ObjectName> names) {
        bySource.keySet().retainAll(names);
    }
}
