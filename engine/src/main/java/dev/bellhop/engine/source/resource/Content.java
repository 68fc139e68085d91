package dev.bellhop.engine.source.resource;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What of an object counts as its content: everything, its status too, but what only says that, and by whom, it was written.
public final class Content {
    private static final Set<String> WRITTEN = Set.of("managedFields", "resourceVersion", "generation", "selfLink");

    private Content() {}

    /// A number that differs, but for one chance in 2⁶⁴, when the content of two objects does. The order of fields, which differs
    /// between servers, does not count.
    public static long hash(ObjectNode object) {
        long sum = 0;
        for (var field : object.properties()) {
            sum += field.getKey().equals("metadata") && field.getValue() instanceof ObjectNode metadata
                    ? pair(field.getKey(), metadata(metadata))
                    : pair(field.getKey(), value(field.getValue()));
        }
        return mix(sum);
    }

    private static long metadata(ObjectNode metadata) {
        long sum = 1;
        for (var field : metadata.properties()) {
            if (!WRITTEN.contains(field.getKey())) {
                sum += pair(field.getKey(), value(field.getValue()));
            }
        }
        return mix(sum);
    }

    private static long value(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> {
                long sum = 1;
                for (var field : value.properties()) {
                    sum += pair(field.getKey(), value(field.getValue()));
                }
                yield mix(sum);
            }
            case ARRAY -> {
                long sum = 2;
                for (var element : value) {
                    sum = mix(sum) + value(element);
                }
                yield mix(sum);
            }
            case STRING, BINARY -> text(value.asText(), 3);
            case NUMBER -> text(value.asText(), 4);
            case BOOLEAN -> mix(value.asBoolean() ? 5 : 6);
            case NULL, MISSING -> mix(7);
        };
    }

    private static long pair(String name, long value) {
        return mix(text(name, 8) ^ Long.rotateLeft(value, 17));
    }

    private static long text(String text, long seed) {
        long hash = mix(seed + text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /// The finisher of SplitMix64: every bit of the input reaches every bit of the result.
    private static long mix(long bits) {
        long first = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
        return second ^ (second >>> 31);
    }
}
