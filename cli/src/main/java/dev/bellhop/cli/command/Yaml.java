package dev.bellhop.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

/// YAML as people write objects in it.
public final class Yaml {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private Yaml() {}

    /// All documents of a file.
    public static List<JsonNode> readAll(Path file) throws IOException {
        return readAll(MAPPER.readerFor(JsonNode.class).readValues(file.toFile()));
    }

    /// All documents of a text.
    public static List<JsonNode> readAll(String text) throws IOException {
        return readAll(MAPPER.readerFor(JsonNode.class).readValues(text));
    }

    private static List<JsonNode> readAll(MappingIterator<JsonNode> documentsOf) throws IOException {
        var documents = new ArrayList<JsonNode>();
        try (MappingIterator<JsonNode> found = documentsOf) {
            while (found.hasNextValue()) {
                documents.add(found.nextValue());
            }
        } catch (JsonProcessingException e) {
            throw new IOException(e.getOriginalMessage(), e);
        }
        return documents;
    }

    /// A document as text, with a line break at its end.
    public static String write(JsonNode document) {
        try {
            return MAPPER.writeValueAsString(document).stripTrailing() + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing to memory", e);
        }
    }
}
