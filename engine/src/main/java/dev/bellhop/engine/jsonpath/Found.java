package dev.bellhop.engine.jsonpath;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/// What a path led to.
public sealed interface Found {
    /// The values, in the order of the document. They belong to it and must not be changed.
    record Values(List<JsonNode> values) implements Found {}

    /// It led nowhere, `why` names the key. Values of the document are never quoted: they may be secret.
    record Failed(String why) implements Found {}
}
