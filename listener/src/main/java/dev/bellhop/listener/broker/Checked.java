package dev.bellhop.listener.broker;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.engine.source.SpecJson;

/// What the spec of a source comes to when its fields are checked.
///
/// @param settings empty when the spec cannot even be read
/// @param problems all that is wrong with it, each naming its field
public record Checked<S>(Optional<S> settings, List<String> problems) {
    /// Reads `json` as a `type`, which `check` makes settings of.
    public static <F extends Record, S> Checked<S> of(JsonNode json, Class<F> type,
            BiFunction<F, FieldChecks, S> check) {
        return switch (SpecJson.read(json, type)) {
            case SpecJson.Read.Unreadable<F>(var why) -> new Checked<>(Optional.empty(), List.of(why));
            case SpecJson.Read.Understood<F>(var fields) -> {
                var checks = new FieldChecks();
                var settings = check.apply(fields, checks);
                yield new Checked<>(Optional.of(settings), checks.problems());
            }
        };
    }

    /// The settings.
    ///
    /// @throws IllegalArgumentException when there are problems
    public S sound() {
        return settings.filter(_ -> problems.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException(String.join("; ", problems)));
    }
}
