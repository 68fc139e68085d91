package dev.bellhop.listener.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;

import org.junit.jupiter.api.Test;

class ObjectNamesTest {
    @Test
    void theSameIdentityHasTheSameName() {
        assertThat(ObjectNames.of("run-", "event|trigger|0")).isEqualTo(ObjectNames.of("run-", "event|trigger|0"))
                .matches("run-[bcdfghjklmnpqrstvwxz2456789]{10}");
    }

    @Test
    void aHundredThousandIdentitiesHaveAsManyNames() {
        var names = new HashSet<String>();
        for (int i = 0; i < 100_000; i++) {
            names.add(ObjectNames.of("run-", "event|trigger|" + i));
        }
        assertThat(names).hasSize(100_000);
    }

    @Test
    void aLongPrefixIsShortenedToWhatALabelHolds() {
        assertThat(ObjectNames.of("x".repeat(200), "identity")).hasSize(63).startsWith("x".repeat(53));
        assertThat(ObjectNames.of("x".repeat(53), "identity")).hasSize(63);
    }
}
