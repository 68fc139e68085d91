package dev.bellhop.listener.journal.stored;

import java.time.Instant;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.event.Origin;
import org.jspecify.annotations.Nullable;

/// An event as its row holds it. The checksum covers all of it, as received: SQLite itself does not notice a flipped bit.
///
/// @param size     of the bytes as they came, the old body's included
/// @param body     the bytes as they came, or deflated; behind them those of the old body, if there is one
/// @param origin   what a source says of it; null for what was posted
@SuppressWarnings("ArrayRecordComponent") // A row on its way: never compared, never changed.
public record StoredEvent(String id, Instant receivedAt, String method, String url, String headers, boolean deflated,
        int size, int crc, byte[] body, @Nullable String origin) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, List<String>>> HEADERS = new TypeReference<>() {};
    private static final ObjectWriter HEADER_WRITER = JSON.writerFor(HEADERS);

    /// The row for an event.
    public static StoredEvent of(Event event) {
        var bytes = event.body().bytes();
        @Nullable
        String origin = null;
        if (event.origin() instanceof Origin.Sourced sourced) {
            var oldBody = StoredOrigin.oldBody(sourced);
            origin = new StoredOrigin(sourced, oldBody.length).json();
            bytes = joined(bytes, oldBody);
        }
        var packed = Deflated.of(bytes);
        var headers = json(event.headers());
        var stored = new StoredEvent(event.id().value(), event.receivedAt(), event.method(), event.requestUrl(),
                headers, packed.isPresent(), bytes.length, 0, packed.orElse(bytes), origin);
        return stored.withCrc(stored.checksum(bytes));
    }

    /// The event; empty when the row is not what was written.
    public Optional<Event> event() {
        var bytes = deflated ? Deflated.inflate(body, size) : Optional.of(body);
        if (bytes.isEmpty() || bytes.get().length != size || checksum(bytes.get()) != crc) {
            return Optional.empty();
        }
        return Optional.of(origin == null ? event(bytes.get(), Origin.HTTP) : sourced(bytes.get(), origin));
    }

    private Event sourced(byte[] bytes, String column) {
        var stored = StoredOrigin.read(column);
        int end = bytes.length - stored.oldBodySize();
        var oldBody = stored.oldBodySize() == 0
                ? Optional.<JsonNode>empty()
                : Optional.of(Body.read(Arrays.copyOfRange(bytes, end, bytes.length)).json());
        return event(Arrays.copyOf(bytes, end), stored.with(oldBody));
    }

    private Event event(byte[] bytes, Origin from) {
        return new Event(new EventId(id), receivedAt, method, url, headersOf(headers), Body.read(bytes), from);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// About what the row weighs.
    public int weight() {
        return body.length + headers.length() + url.length() + (origin == null ? 0 : origin.length()) + 256;
    }

    private StoredEvent withCrc(int value) {
        return new StoredEvent(id, receivedAt, method, url, headers, deflated, size, value, body, origin);
    }

    /// What is absent adds nothing: the checksums of rows that are older than the column stay right.
    private int checksum(byte[] bytes) {
        var texts = List.of(id, Long.toString(receivedAt.toEpochMilli()), method, url, headers);
        return Checksum.of(bytes,
                origin == null ? texts : Stream.concat(texts.stream(), Stream.of("origin " + origin)).toList());
    }

    private static String json(Headers headers) {
        try {
            return HEADER_WRITER.writeValueAsString(headers.asMap());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing headers to memory", e);
        }
    }

    private static Headers headersOf(String json) {
        try {
            var pairs = new ArrayList<Map.Entry<String, String>>();
            JSON.readValue(json, HEADERS)
                    .forEach((name, values) -> values.forEach(
                            value -> pairs.add(new SimpleImmutableEntry<>(name, value))));
            return Headers.of(pairs);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("headers were stored intact but cannot be read", e);
        }
    }
}
