package dev.bellhop.listener.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedConnectionsTest {
    private final AtomicInteger opened = new AtomicInteger();
    private final SharedConnections<String, Wire> connections = new SharedConnections<>(2, Duration.ofMinutes(1),
            wire -> !wire.ended);

    private static final class Wire implements AutoCloseable {
        private boolean ended;

        @Override
        public void close() {
            ended = true;
        }
    }

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void isOneForEachKey() throws Exception {
        var first = use("a");
        assertThat(use("a")).isSameAs(first);
        assertThat(use("b")).isNotSameAs(first);
        assertThat(opened).hasValue(2);
    }

    @Test
    void isMadeAnewWhenItIsOfNoMoreUse() throws Exception {
        var first = use("a");
        first.ended = true;
        assertThat(use("a")).isNotSameAs(first);
    }

    @Test
    void thereAreNoMoreThanMayBe() throws Exception {
        use("a");
        use("b");
        assertThatThrownBy(() -> use("c")).isInstanceOf(Unreachable.class).hasMessageContaining("2 connections");
    }

    @Test
    void endsWhenAllAreClosed() throws Exception {
        var wire = use("a");
        connections.close();
        assertThat(wire.ended).isTrue();
        assertThat(connections.size()).isZero();
    }

    @Test
    void aFailureToOpenIsTheUsers() throws Exception {
        assertThatThrownBy(() -> connections.use("a", () -> {
            throw new Unreachable("Unreachable", "nobody is there");
        }, wire -> wire)).isInstanceOf(Unreachable.class);
        assertThat(use("a")).isNotNull();
    }

    private Wire use(String key) throws Unreachable, InterruptedException {
        return connections.use(key, () -> {
            opened.incrementAndGet();
            return new Wire();
        }, wire -> wire);
    }
}
