package dev.bellhop.listener.journal.stored;

import java.time.Instant;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;

/// An event as its row holds it. The checksum covers all of it, as received: SQLite itself does not notice a flipped bit.
///
/// @param body     the bytes as they came, or deflated
/// @param size     of the bytes as they came
@SuppressWarnings("ArrayRecordComponent") // A row on its way: never compared, never changed.
public record StoredEvent(String id, Instant receivedAt, String method, String url, String headers, boolean deflated,
        int size, int crc, byte[] body) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, List<String>>> HEADERS = new TypeReference<>() {};

    /// The row for an event.
    public static StoredEvent of(Event event) {
        var bytes = event.body().bytes();
        var packed = Deflated.of(bytes);
        var headers = json(event.headers());
        var stored = new StoredEvent(event.id().value(), event.receivedAt(), event.method(), event.requestUrl(),
                headers, packed.isPresent(), bytes.length, 0, packed.orElse(bytes));
        return stored.withCrc(stored.checksum(bytes));
    }

    /// The event; empty when the row is not what was written.
    public Optional<Event> event() {
        var bytes = deflated ? Deflated.inflate(body, size) : Optional.of(body);
        if (bytes.isEmpty() || bytes.get().length != size || checksum(bytes.get()) != crc) {
            return Optional.empty();
        }
        return switch (Body.parse(bytes.get())) {
            case Body.Parsed.Accepted(var parsed) -> Optional.of(new Event(new EventId(id), receivedAt, method, url,
                    headersOf(headers), parsed));
            case Body.Parsed.NotAnObject(var why) -> throw new IllegalStateException(
                    "event " + id + " was stored intact with a body that cannot be read: " + why);
        };
    }

    /// About what the row weighs.
    public int weight() {
        return body.length + headers.length() + url.length() + 256;
    }

    private StoredEvent withCrc(int value) {
        return new StoredEvent(id, receivedAt, method, url, headers, deflated, size, value, body);
    }

    private int checksum(byte[] bytes) {
        return Checksum.of(bytes,
                List.of(id, Long.toString(receivedAt.toEpochMilli()), method, url, headers));
    }

    private static String json(Headers headers) {
        try {
            return JSON.writeValueAsString(headers.asMap());
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
