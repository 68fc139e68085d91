package dev.bellhop.engine.select;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.engine.cel.Conjunct;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.trigger.CompiledTrigger;
import org.jspecify.annotations.Nullable;

/// Finds Triggers by what an event holds. From each Trigger it takes the one equality among its conjuncts that the fewest
/// others share, such as `body.repository.full_name == "a/b"`, and files the Trigger under that field and value. An event is
/// looked up once for each field that any Trigger is filed under. Triggers without such a conjunct are candidates always.
///
/// Sound by construction: a Trigger is left out only when a condition does not hold that must hold for it to continue.
final class ContentIndex implements Candidates {
    /// Below this many Triggers, looking them all over is as fast.
    private static final int WORTH_INDEXING = 4;

    private final List<CompiledTrigger> always;
    private final Drawer[] drawers;

    /// Somewhere in an event where a value stands.
    private sealed interface Field {
        record InBody(List<String> path) implements Field {}

        record InHeader(String name) implements Field {}
    }

    /// An equality: one of `values` stands at `field`.
    private record Equality(Field field, Collection<? extends JsonNode> values) {}

    /// The Triggers that are filed under one field, by its value.
    private record Drawer(Field field, Map<JsonNode, List<CompiledTrigger>> byValue) {}

    private ContentIndex(List<CompiledTrigger> always, Drawer[] drawers) {
        this.always = always;
        this.drawers = drawers;
    }

    static Candidates of(Collection<CompiledTrigger> triggers) {
        if (triggers.size() < WORTH_INDEXING) {
            var all = List.copyOf(triggers);
            return _ -> all;
        }
        var shared = new HashMap<Field, Map<JsonNode, Integer>>();
        for (var trigger : triggers) {
            for (var equality : equalities(trigger)) {
                var counts = shared.computeIfAbsent(equality.field, _ -> new HashMap<>());
                equality.values.forEach(value -> counts.merge(value, 1, Integer::sum));
            }
        }
        var always = new ArrayList<CompiledTrigger>();
        var byContent = new HashMap<Field, Map<JsonNode, List<CompiledTrigger>>>();
        for (var trigger : triggers) {
            var best = equalities(trigger).stream()
                    .min((a, b) -> Integer.compare(cost(a, shared), cost(b, shared)));
            if (best.isEmpty()) {
                always.add(trigger);
            } else {
                var values = byContent.computeIfAbsent(best.get().field, _ -> new HashMap<>());
                best.get().values.forEach(value -> values.computeIfAbsent(value, _ -> new ArrayList<>()).add(trigger));
            }
        }
        return new ContentIndex(List.copyOf(always), byContent.entrySet().stream()
                .map(entry -> new Drawer(entry.getKey(), entry.getValue())).toArray(Drawer[]::new));
    }

    /// How many Triggers an event would bring up through this equality, at worst.
    private static int cost(Equality equality, Map<Field, Map<JsonNode, Integer>> shared) {
        var counts = shared.getOrDefault(equality.field, Map.of());
        int most = 0;
        for (var value : equality.values) {
            most = Math.max(most, counts.getOrDefault(value, 0));
        }
        return most;
    }

    private static List<Equality> equalities(CompiledTrigger trigger) {
        return trigger.conjuncts().stream().map(ContentIndex::equality).flatMap(Optional::stream).toList();
    }

    private static Optional<Equality> equality(Conjunct conjunct) {
        return switch (conjunct) {
            case Conjunct.BodyIn(var path, var values) -> Optional.of(new Equality(new Field.InBody(path), values));
            case Conjunct.HeaderIn(var name, var values) -> Optional.of(
                    new Equality(new Field.InHeader(name), values.stream().map(TextNode::valueOf).toList()));
            // These rule out too little to be worth a look-up for every event.
            case Conjunct.BodyHas _,Conjunct.BodyStartsWith _ -> Optional.empty();
        };
    }

    @Override
    public List<CompiledTrigger> concerning(Event event) {
        var found = new ArrayList<>(always);
        for (var drawer : drawers) {
            var value = value(drawer.field, event);
            var filed = value == null ? null : drawer.byValue.get(value);
            if (filed != null) {
                found.addAll(filed);
            }
        }
        return found;
    }

    private static @Nullable JsonNode value(Field field, Event event) {
        return switch (field) {
            case Field.InHeader(var name) -> event.headers().first(name).map(TextNode::valueOf).orElse(null);
            case Field.InBody(var path) -> {
                JsonNode node = event.body().json();
                for (var key : path) {
                    node = node.path(key);
                }
                // No conjunct asks for anything else, and the hash of an object takes as long as it is large.
                yield node.isTextual() || node.isBoolean() || node.isNull() ? node : null;
            }
        };
    }
}
