package dev.bellhop.engine.source;

import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// Reads the part of an EventSource that concerns one kind of source, as the EventSource itself is read: field names match in any
/// case.
public final class SpecJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private SpecJson() {}

    /// A spec, or why it cannot be read.
    public sealed interface Read<T> {
        /// It reads well.
        record Understood<T>(T spec) implements Read<T> {}

        /// It has a shape that it cannot have; `why` names the field.
        record Unreadable<T>(String why) implements Read<T> {}

        /// What is wrong with it: that it cannot be read, or what `check` finds.
        default List<String> problems(Function<T, List<String>> check) {
            return switch (this) {
                case Understood<T>(var spec) -> check.apply(spec);
                case Unreadable<T>(var why) -> List.of(why);
            };
        }

        /// The spec.
        ///
        /// @throws IllegalArgumentException when it cannot be read
        default T orThrow() {
            return switch (this) {
                case Understood<T>(var spec) -> spec;
                case Unreadable<T>(var why) -> throw new IllegalArgumentException(why);
            };
        }
    }

    /// Reads `json` as a `type`.
    public static <T> Read<T> read(JsonNode json, Class<T> type) {
        try {
            return new Read.Understood<>(MAPPER.treeToValue(json, type));
        } catch (JsonMappingException e) {
            var path = new StringBuilder();
            for (var step : e.getPath()) {
                path.append(step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : (path.isEmpty() ? "" : ".") + step.getFieldName());
            }
            return new Read.Unreadable<>(path + ": " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            return new Read.Unreadable<>(e.getOriginalMessage());
        }
    }
}
