package dev.bellhop.listener.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class BriefMemoryTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final BriefMemory<String, Integer> memory = new BriefMemory<>(2, Duration.ofSeconds(5), nanos::get);

    private int get(String key) {
        return memory.get(key, asked::incrementAndGet);
    }

    @Test
    void asksAgainWhenTheAnswerIsOld() {
        assertThat(get("a")).isEqualTo(1);
        nanos.addAndGet(Duration.ofMillis(4999).toNanos());
        assertThat(get("a")).isEqualTo(1);
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(get("a")).isEqualTo(2);
    }

    @Test
    void forgetsTheEldestWhenThereAreTooMany() {
        get("a");
        get("b");
        get("c");
        assertThat(get("b")).isEqualTo(2);
        assertThat(get("a")).isEqualTo(4);
    }
}
