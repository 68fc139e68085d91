package dev.bellhop.listener.journal.stored;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.listener.journal.ObjectRef;
import org.jspecify.annotations.Nullable;

/// The objects that a delivery made, as its row holds them.
public final class Refs {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<ObjectRef>> LIST = new TypeReference<>() {};

    private Refs() {}

    /// As the column `created` holds them.
    public static String toJson(List<ObjectRef> refs) {
        try {
            return JSON.writeValueAsString(refs);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing to memory", e);
        }
    }

    /// What [#toJson] was given; empty when it is not what was written.
    ///
    /// @param crc of the text; null in rows that are older than this checksum
    public static Optional<List<ObjectRef>> fromJson(@Nullable String json, @Nullable Integer crc) {
        if (json == null) {
            return Optional.of(List.of());
        }
        if (crc != null && crc != crc(json)) {
            return Optional.empty();
        }
        try {
            return Optional.of(List.copyOf(JSON.readValue(json, LIST)));
        } catch (JsonProcessingException e) {
            // Only after the disk has changed it.
            return Optional.empty();
        }
    }

    /// The checksum to store with it.
    public static int crc(String json) {
        return Checksum.of(List.of(json));
    }
}
