package dev.bellhop.engine.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.intercept.Decision;
import dev.bellhop.engine.secret.Secrets;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.engine.trigger.Triggers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentIndexTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Secrets NONE = ref -> new Secrets.Lookup.Missing("there is no " + ref);
    private static final List<String> PATHS = List.of("a", "b", "o.a", "o.b", "o.o.a");
    private static final List<String> TEXTS = List.of("x", "y", "xy", "");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverDropsATriggerThatWouldContinue(long seed) {
        var random = new Random(seed);
        var triggers = IntStream.range(0, 120).mapToObj(i -> randomTrigger("n/t" + i, random)).toList();
        var index = ContentIndex.of(triggers);
        int continued = 0;
        int narrowed = 0;
        for (int i = 0; i < 200; i++) {
            var event = randomEvent(random);
            var expected = continuing(triggers, event);
            var candidates = index.concerning(event);
            assertThat(continuing(candidates, event)).as(event.body().json() + " " + event.headers().asMap())
                    .isEqualTo(expected);
            assertThat(candidates).doesNotHaveDuplicates();
            continued += expected.size();
            narrowed += triggers.size() - candidates.size();
        }
        assertThat(continued).as("events that some Trigger wants").isPositive();
        assertThat(narrowed).as("Triggers that were left out").isPositive();
    }

    @Test
    void findsAHandfulAmongTenThousand() {
        var triggers = IntStream.range(0, 10_000).mapToObj(i -> Triggers.filtering("n/t" + i,
                "body.ref == 'refs/heads/main' && body.repository.full_name == 'team/repo-" + i + "'")).toList();
        var index = ContentIndex.of(triggers);
        var body = JSON.objectNode().put("ref", "refs/heads/main");
        body.putObject("repository").put("full_name", "team/repo-4711");
        assertThat(Triggers.names(index.concerning(event(body, Map.of())))).containsExactly("n/t4711");
        body.withObject("/repository").put("full_name", "team/other");
        assertThat(index.concerning(event(body, Map.of()))).isEmpty();
    }

    @Test
    void filesATriggerUnderEachOfItsValues() {
        var triggers = IntStream.range(0, 10).mapToObj(i -> Triggers.filtering("n/t" + i,
                "body.repo in ['r" + i + "', 'r" + (i + 1) + "'] && header.match('X-Type', 'push')")).toList();
        var event = event(JSON.objectNode().put("repo", "r3"), Map.of("x-type", "push"));
        assertThat(Triggers.names(ContentIndex.of(triggers).concerning(event))).containsExactly("n/t2", "n/t3");
    }

    @Test
    void alwaysBringsUpTriggersWithoutACondition() {
        var triggers = new ArrayList<CompiledTrigger>();
        IntStream.range(0, 10).forEach(i -> triggers.add(Triggers.filtering("n/t" + i, "body.a == 'v" + i + "'")));
        triggers.add(Triggers.open("n/open"));
        triggers.add(Triggers.filtering("n/negative", "body.a != 'x'"));
        assertThat(Triggers.names(ContentIndex.of(triggers).concerning(event(JSON.objectNode(), Map.of()))))
                .containsExactly("n/negative", "n/open");
    }

    private static List<String> continuing(List<CompiledTrigger> triggers, Event event) {
        return Triggers.names(triggers.stream()
                .filter(trigger -> trigger.decide(event, NONE) instanceof Decision.Continue).toList());
    }

    private static CompiledTrigger randomTrigger(String name, Random random) {
        var interceptors = new StringBuilder();
        if (random.nextInt(4) == 0) {
            interceptors.append("- {ref: {name: github}, params: [{name: eventTypes, value: [")
                    .append(random.nextBoolean() ? "push" : "push, pull_request").append("]}]}\n");
        }
        interceptors.append("- ref: {name: cel}\n  params: [{name: filter, value: '")
                .append(randomFilter(3, random).replace("'", "''")).append("'}]\n");
        return Triggers.intercepting(name, interceptors.toString());
    }

    private static String randomFilter(int depth, Random random) {
        int form = random.nextInt(depth == 0 ? 6 : 10);
        return switch (form) {
            case 0 -> "body." + pick(PATHS, random) + " == " + randomConstant(random);
            case 1 -> "body." + pick(PATHS, random) + " in ['" + pick(TEXTS, random) + "', '" + pick(TEXTS, random)
                    + "']";
            case 2 -> "has(body." + pick(PATHS, random) + ")";
            case 3 -> "body." + pick(PATHS, random) + ".startsWith('" + pick(TEXTS, random) + "')";
            case 4 -> "header.match('X-GitHub-Event', '" + pick(List.of("push", "pull_request"), random) + "')";
            case 5 -> "header.canonical('x-kind') == '" + pick(TEXTS, random) + "'";
            case 6 -> "!(" + randomFilter(depth - 1, random) + ")";
            case 7 -> "(" + randomFilter(depth - 1, random) + " || " + randomFilter(depth - 1, random) + ")";
            default -> "(" + randomFilter(depth - 1, random) + " && " + randomFilter(depth - 1, random) + ")";
        };
    }

    private static String randomConstant(Random random) {
        return pick(List.of("'x'", "'y'", "''", "true", "false", "null", "1"), random);
    }

    private static Event randomEvent(Random random) {
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", "application/json");
        if (random.nextInt(4) > 0) {
            headers.put("X-GitHub-Event", pick(List.of("push", "pull_request", "ping"), random));
        }
        if (random.nextBoolean()) {
            headers.put("X-Kind", pick(TEXTS, random));
        }
        return event(randomNode(3, random), headers);
    }

    private static JsonNode randomNode(int depth, Random random) {
        var object = JSON.objectNode();
        for (var key : List.of("a", "b", "o")) {
            int form = random.nextInt(12);
            if (form > 1) {
                object.set(key, key.equals("o") && depth > 0 && form > 3
                        ? randomNode(depth - 1, random)
                        : randomValue(random));
            }
        }
        return object;
    }

    private static JsonNode randomValue(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt(2));
            case 3 -> JSON.arrayNode().add(pick(TEXTS, random));
            default -> JSON.textNode(pick(TEXTS, random));
        };
    }

    private static <T> T pick(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static Event event(JsonNode body, Map<String, String> headers) {
        return new Event(EventId.at(Instant.EPOCH, new Random(1)), Instant.EPOCH, "POST", "/",
                Headers.of(headers.entrySet()), Body.of(body));
    }
}
