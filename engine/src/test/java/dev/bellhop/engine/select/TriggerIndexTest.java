package dev.bellhop.engine.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.trigger.Triggers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `a` has sound Triggers one and two and a broken one, `b` has a broken one only.
class TriggerIndexTest {
    private static final Event EVENT = new Event(EventId.at(Instant.EPOCH, new Random(1)), Instant.EPOCH, "POST", "/",
            Headers.NONE, Body.of(JsonNodeFactory.instance.objectNode()));
    private static final TriggerIndex INDEX = TriggerIndex.of(
            List.of(Triggers.labelled("a/one", Map.of("app", "x")),
                    Triggers.labelled("a/two", Map.of("app", "y", "tier", "1"))),
            Map.of(new ObjectName("a", "bad"), Map.of("app", "z"), new ObjectName("b", "bad"), Map.of("app", "x")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/ | '' | a/one a/two",
            "/a | '' | a/one a/two",
            "/a | name=one | a/one",
            "/a | name=bad | NotReady",
            "/a | name=gone | Nobody",
            "/a | name= | Nobody",
            "/a | label=app | a/one a/two",
            "/a | label=app=x | a/one",
            "/a | label=app!=x,tier=1 | a/two",
            "/a | label=app=z | NotReady",
            "/a | label=app=gone | Nobody",
            "/b | '' | NotReady",
            "/b | name=bad | NotReady",
            "/b | name=gone | Nobody",
            "/b | label=app=x | NotReady",
            "/b | label=app=y | Nobody",
            "/c | '' | Nobody",
            "/c | name=one | Nobody",
            "/c | label=app | Nobody",
            "/a/one | '' | Nobody",
            "/ | name=one | Malformed",
            "/a | label=, | Malformed",
    })
    void leadsEveryRouteToItsTriggers(String path, String query, String expected) {
        assertThat(told(INDEX.addressed(Route.of(path, query)))).isEqualTo(expected);
    }

    @Test
    void aListenerOfBrokenTriggersIsNotReadyAndOneOfNoneTakesEventsForNobody() {
        assertThat(told(TriggerIndex.of(List.of(), Map.of(new ObjectName("b", "bad"), Map.of()))
                .addressed(new Route.All()))).isEqualTo("NotReady");
        assertThat(told(TriggerIndex.of(List.of(), Map.of()).addressed(new Route.All()))).isEmpty();
    }

    @Test
    void knowsItsTriggersByName() {
        assertThat(INDEX.size()).isEqualTo(4);
        assertThat(INDEX.names()).containsExactlyInAnyOrder(new ObjectName("a", "one"), new ObjectName("a", "two"));
        assertThat(INDEX.find(new ObjectName("a", "one"))).isPresent();
        assertThat(INDEX.find(new ObjectName("a", "bad"))).isEmpty();
    }

    private static String told(Addressed addressed) {
        return switch (addressed) {
            case Addressed.Triggers(var candidates) -> String.join(" ", Triggers.names(candidates.concerning(EVENT)));
            case Addressed.NotReady _ -> "NotReady";
            case Addressed.Nobody _ -> "Nobody";
            case Addressed.Malformed _ -> "Malformed";
        };
    }
}
