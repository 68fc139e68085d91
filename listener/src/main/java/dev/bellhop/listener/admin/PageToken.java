package dev.bellhop.listener.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.record.Happening;

/// Where a listing goes on: after which line. To callers it is opaque.
///
/// @param time    that of the last line; what happened since does not belong to this listing
/// @param journal the last line that came from the journal
/// @param memory  the last line that came from memory, as [#key]
record PageToken(Instant time, Optional<DeliveryId> journal, Optional<String> memory) {
    private static final JsonMapper JSON = new JsonMapper();

    static PageToken read(String text) {
        try {
            var json = JSON.readTree(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            return new PageToken(Instant.parse(json.path("t").asText()),
                    Optional.ofNullable(json.get("j")).map(id -> new DeliveryId(id.asText())),
                    Optional.ofNullable(json.get("m")).map(key -> key.asText()));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new UnusableParameter(
                    "continue='" + text + "' was not given out by this listener: take it as it is from"
                            + " metadata.continue of the page before, or leave it out");
        }
    }

    String write() {
        var json = JsonNodeFactory.instance.objectNode().put("t", time.toString());
        journal.ifPresent(id -> json.put("j", id.value()));
        memory.ifPresent(key -> json.put("m", key));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Whether a line from memory comes after this place.
    boolean isBefore(Happening happening) {
        if (!happening.at().equals(time)) {
            return happening.at().isBefore(time);
        }
        // The order within one instant is that of Happening.NEWEST_FIRST, so of the keys. Before a line of the journal all
        // from memory of its instant were shown.
        return memory.map(last -> key(happening).compareTo(last) < 0).orElse(false);
    }

    /// Tells happenings of one instant apart.
    static String key(Happening happening) {
        return happening.eventId().value() + " " + happening.trigger().namespace() + " " + happening.trigger().name();
    }
}
