package dev.bellhop.cli.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    private Path folder;

    private EventFile read(String text) throws IOException {
        var file = folder.resolve("event.yaml");
        Files.writeString(file, text);
        return EventFile.read(file);
    }

    @Test
    void readsAWholeEvent() throws IOException {
        var event = read("""
                source: team-a/orders
                id: "42"
                type: update
                subject: widget
                time: "2026-05-01T00:30:00Z"
                facts: {partition: 3}
                headers: {x-kind: small}
                body: {price: 1.50}
                oldBody: {price: 1}
                """);
        assertThat(event.source()).contains("team-a/orders");
        assertThat(event.id()).isEqualTo("42");
        assertThat(event.type()).isEqualTo("update");
        assertThat(event.subject()).isEqualTo("widget");
        assertThat(event.time()).contains(Instant.parse("2026-05-01T00:30:00Z"));
        assertThat(event.facts().path("partition").asInt()).isEqualTo(3);
        assertThat(event.headers().first("X-Kind")).contains("small");
        assertThat(event.body().json().path("price").decimalValue()).isEqualByComparingTo("1.50");
        assertThat(event.oldBody().orElseThrow().path("price").asInt()).isEqualTo(1);
    }

    @Test
    void takesTextThatIsNoJson() throws IOException {
        var body = read("raw: hello\n").body();
        assertThat(body.bytes()).asString().isEqualTo("hello");
        assertThat(body.json().isNull()).isTrue();
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertThatThrownBy(() -> read("{body: 1, raw: '1'}")).hasMessageEndingWith(
                "event.yaml: has both body and raw: write body for JSON, raw for any other text");
        assertThatThrownBy(() -> read("time: yesterday"))
                .hasMessageEndingWith("event.yaml: time 'yesterday' must be like 2026-01-31T02:30:00Z");
        assertThatThrownBy(() -> read("facts: [1]"))
                .hasMessageEndingWith("event.yaml: facts must be an object, is [1]");
        assertThatThrownBy(() -> read("type: 1")).hasMessageEndingWith("event.yaml: type must be a text, is 1");
        assertThatThrownBy(() -> read("- 1")).hasMessageContaining("must be one YAML document with fields of source");
    }
}
