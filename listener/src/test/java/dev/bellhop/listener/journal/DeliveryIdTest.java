package dev.bellhop.listener.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.engine.event.EventId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryIdTest {
    @Test
    void holdsTheEventAndItsNumber() {
        var id = DeliveryId.read("01a1fef6-6ee6.part.12").orElseThrow();

        assertThat(id.event()).isEqualTo(new EventId("01a1fef6-6ee6.part"));
        assertThat(id.number()).isEqualTo(12);
        assertThat(DeliveryId.of(new EventId("01a1fef6-6ee6.part"), 12)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".1", "a", "a.", "a.0", "a.01", "a.x", "a.1x", "a.-1", "a.1234567890", "-a.1",
            "a-.1",
            "a b.1", "a..", "a.1.", "0123456789012345678901234567890123456789012345678901234567890123.1"})
    void isNotReadFromAnythingElse(String text) {
        assertThat(DeliveryId.read(text)).isEmpty();
    }
}
