package dev.bellhop.cli.test;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.conditions.Conditions;
import dev.bellhop.engine.conditions.Kept;
import dev.bellhop.engine.conditions.Together;
import dev.bellhop.engine.event.Event;

/// What has come of the events that Triggers wait for, over the inputs of a folder in their order.
final class Waiting {
    private final Map<ObjectName, Map<String, Kept>> come = new HashMap<>();

    /// Adds an event. All that are needed as one, when it is the last of them; waiting begins anew then.
    Optional<Together> add(ObjectName trigger, Conditions conditions, Event event, ObjectNode extensions) {
        var mine = come.computeIfAbsent(trigger, _ -> new TreeMap<>());
        conditions.classify(event, extensions).names().forEach(name -> mine.put(name, Kept.of(event, extensions)));
        if (!conditions.hold(mine.keySet())) {
            return Optional.empty();
        }
        var all = Together.of(event, mine);
        mine.clear();
        return Optional.of(all);
    }

    /// Names of the events that have come.
    Set<String> come(ObjectName trigger) {
        return Set.copyOf(come.getOrDefault(trigger, Map.of()).keySet());
    }
}
