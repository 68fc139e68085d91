package dev.bellhop.listener.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.listener.action.Identity.Whose;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration WINDOW = Duration.ofHours(1);

    private final Identity plain = new Identity("uid|event|1", RECEIVED, Optional.empty());
    private final Identity keyed = new Identity("uid|dedup|d1", RECEIVED, Optional.of(WINDOW));

    private static ObjectNode made(Identity identity, String part, Instant receivedAt) {
        var object = JsonNodeFactory.instance.objectNode();
        object.withObjectProperty("metadata").withObjectProperty("annotations")
                .put(Bellhop.ANNOTATION_DELIVERY, identity.mark(part))
                .put(Bellhop.ANNOTATION_RECEIVED_AT, receivedAt.toString());
        return object;
    }

    @Test
    void whatHasItsMarkIsOurs() {
        assertThat(plain.whose(made(plain, "0", RECEIVED), "0")).isEqualTo(Whose.OURS);
        assertThat(plain.whose(made(plain, "0", RECEIVED), "1")).isEqualTo(Whose.OTHERS);
        assertThat(plain.whose(made(keyed, "0", RECEIVED), "0")).isEqualTo(Whose.OTHERS);
        assertThat(plain.whose(JsonNodeFactory.instance.objectNode(), "0")).isEqualTo(Whose.OTHERS);
    }

    @Test
    void withoutAWindowAgeDoesNotMatter() {
        assertThat(plain.whose(made(plain, "0", RECEIVED.minus(Duration.ofDays(365))), "0")).isEqualTo(Whose.OURS);
    }

    @Test
    void whatIsOlderThanTheWindowIsFromAnEarlierTime() {
        assertThat(keyed.whose(made(keyed, "0", RECEIVED.minus(WINDOW).plusMillis(1)), "0")).isEqualTo(Whose.OURS);
        assertThat(keyed.whose(made(keyed, "0", RECEIVED.minus(WINDOW)), "0")).isEqualTo(Whose.EARLIER);
        assertThat(keyed.whose(made(keyed, "0", RECEIVED.plus(WINDOW)), "0")).isEqualTo(Whose.OURS);
    }

    @Test
    void theServersTimeServesWhenOursWasTakenAway() {
        var object = made(keyed, "0", RECEIVED);
        object.withObjectProperty("metadata").put("creationTimestamp", "2026-03-01T10:00:00Z")
                .withObjectProperty("annotations").put(Bellhop.ANNOTATION_RECEIVED_AT, "yesterday");
        assertThat(keyed.whose(object, "0")).isEqualTo(Whose.EARLIER);
    }

    @Test
    void twoEpochsCoverAWindow() {
        for (int minutes = 0; minutes < 60; minutes++) {
            var later = new Identity("uid|dedup|d1", RECEIVED.plus(Duration.ofMinutes(minutes)), Optional.of(WINDOW));
            assertThat(keyed.epoch(0)).isIn(later.epoch(0), later.epoch(1));
        }
        assertThat(plain.epoch(0)).isEmpty();
    }
}
