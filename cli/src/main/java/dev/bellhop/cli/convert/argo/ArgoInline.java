package dev.bellhop.cli.convert.argo;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.cli.command.Yaml;
import dev.bellhop.cli.convert.draft.Fields;

/// An object that a Sensor holds as text.
final class ArgoInline {
    private ArgoInline() {}

    static Optional<JsonNode> read(String text, Fields source) {
        try {
            var documents = Yaml.readAll(text);
            if (documents.size() == 1 && documents.getFirst().isObject()) {
                return Optional.of(documents.getFirst());
            }
            source.report().lost(source.path("inline"), text, "one object is expected here");
        } catch (IOException e) {
            source.report().lost(source.path("inline"), text, "it is no YAML: " + e.getMessage());
        }
        return Optional.empty();
    }
}
