package dev.bellhop.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The constraints on texts and numbers.
final class ScalarChecks {

    private ScalarChecks() {}

    static List<Cause> check(JsonNode value, Schema schema, String path) {
        if (value.isTextual()) {
            return checkText(value, schema, path);
        }
        return value.isNumber() ? checkNumber(value, schema.source(), path) : List.of();
    }

    private static List<Cause> checkText(JsonNode value, Schema schema, String path) {
        var causes = new ArrayList<Cause>();
        String text = value.asText();
        int length = text.codePointCount(0, text.length());
        JsonNode least = schema.source().path("minLength");
        JsonNode most = schema.source().path("maxLength");
        if (least.isNumber() && length < least.asInt()) {
            causes.add(Cause.invalid(path, value, path + " in body should be at least " + least + " chars long"));
        }
        if (most.isNumber() && length > most.asInt()) {
            causes.add(new Cause("FieldValueTooLong", path, "Too long: may not be longer than " + most));
        }
        if (schema.pattern().isPresent() && !schema.pattern().get().matcher(text).find()) {
            causes.add(Cause.invalid(path, value,
                    path + " in body should match '" + schema.pattern().get().pattern() + "'"));
        }
        String format = schema.source().path("format").asText("");
        if (!hasFormat(text, format)) {
            causes.add(Cause.invalid(path, value,
                    path + " in body must be of type " + format + ": \"" + text + "\""));
        }
        return causes;
    }

    private static List<Cause> checkNumber(JsonNode value, ObjectNode schema, String path) {
        var causes = new ArrayList<Cause>();
        BigDecimal number = value.decimalValue();
        if (schema.has("minimum")) {
            int order = number.compareTo(schema.get("minimum").decimalValue());
            boolean exclusive = schema.path("exclusiveMinimum").asBoolean(false);
            if (order < 0 || (exclusive && order == 0)) {
                causes.add(Cause.invalid(path, value, path + " in body should be greater than "
                        + (exclusive ? "" : "or equal to ") + schema.get("minimum")));
            }
        }
        if (schema.has("maximum")) {
            int order = number.compareTo(schema.get("maximum").decimalValue());
            boolean exclusive = schema.path("exclusiveMaximum").asBoolean(false);
            if (order > 0 || (exclusive && order == 0)) {
                causes.add(Cause.invalid(path, value, path + " in body should be less than "
                        + (exclusive ? "" : "or equal to ") + schema.get("maximum")));
            }
        }
        if (schema.has("multipleOf")
                && number.remainder(schema.get("multipleOf").decimalValue()).signum() != 0) {
            causes.add(Cause.invalid(path, value,
                    path + " in body should be a multiple of " + schema.get("multipleOf")));
        }
        return causes;
    }

    /// The formats that API servers check; they ignore all others, and so do we.
    private static boolean hasFormat(String text, String format) {
        try {
            switch (format) {
                case "date-time" -> OffsetDateTime.parse(text);
                case "date" -> LocalDate.parse(text);
                case "duration" -> {
                    return isDuration(text);
                }
                case "byte" -> Base64.getDecoder().decode(text);
                case "uuid" -> {
                    return text.matches("(?i)[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}");
                }
                default -> {
                    return true;
                }
            }
            return true;
        } catch (DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isDuration(String text) {
        if (text.matches("[-+]?(\\d+(\\.\\d+)?\\s?(ns|us|µs|ms|s|m|h|d|w))+")) {
            return true;
        }
        return text.startsWith("P") && !Duration.parse(text).isNegative();
    }
}
