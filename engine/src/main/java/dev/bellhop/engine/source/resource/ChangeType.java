package dev.bellhop.engine.source.resource;

import java.util.Locale;
import java.util.Optional;

/// What happened to an object.
public enum ChangeType {
    ADD, UPDATE, DELETE;

    /// Reads a word in any case; kube-trigger's `create` is `add`.
    public static Optional<ChangeType> of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "add", "create" -> Optional.of(ADD);
            case "update" -> Optional.of(UPDATE);
            case "delete" -> Optional.of(DELETE);
            default -> Optional.empty();
        };
    }

    /// As `event.type` says it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
