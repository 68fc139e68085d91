package dev.bellhop.listener.broker;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.spi.source.Payload;

/// A CloudEvent (1.0) as it is found in a broker's message or in a request.
///
/// @param attributes all of them by their names, required, optional and extensions
/// @param data       its data
public record CloudEvent(Map<String, JsonNode> attributes, Payload data) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String MEDIA_TYPE = "application/cloudevents";
    private static final String[] REQUIRED = {"specversion", "id", "source", "type"};

    public CloudEvent {
        attributes = Map.copyOf(attributes);
    }

    /// How a protocol's binding writes a CloudEvent into a message.
    public enum Binding {
        /// Headers `ce-…`, values percent-encoded as in HTTP. Before NATS had headers its messages were structured without
        /// saying so.
        NATS("ce-", true),
        /// Headers `ce_…`, values as they are.
        KAFKA("ce_", false),
        /// Headers `ce-…`, values percent-encoded.
        HTTP("ce-", true);

        private final String prefix;
        private final boolean asInHttp;

        Binding(String prefix, boolean asInHttp) {
            this.prefix = prefix;
            this.asInHttp = asInHttp;
        }
    }

    /// The CloudEvent that a message is, in structured or binary mode; empty if it is none, or lacks a required attribute.
    ///
    /// @param headers of the message, names in any case
    public static Optional<CloudEvent> of(Binding binding, Map<String, String> headers, byte[] body) {
        var byName = new LinkedHashMap<String, String>();
        headers.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value));
        var contentType = byName.getOrDefault("content-type", "");
        if (contentType.toLowerCase(Locale.ROOT).startsWith(MEDIA_TYPE)) {
            return structured(body);
        }
        if (byName.containsKey(binding.prefix + "specversion")) {
            return binary(binding, byName, contentType, body);
        }
        return binding.asInHttp && contentType.isEmpty() && mayBeStructured(body)
                ? structured(body)
                : Optional.empty();
    }

    /// One attribute as text; empty if it is absent.
    public String text(String attribute) {
        var value = attributes.get(attribute);
        return value == null ? "" : value.asText();
    }

    /// When it happened, if it says so.
    public Optional<Instant> time() {
        try {
            return attributes.containsKey("time")
                    ? Optional.of(OffsetDateTime.parse(text("time")).toInstant())
                    : Optional.empty();
        } catch (DateTimeException e) {
            // Not a reason to lose an event over: `event` still has the text.
            return Optional.empty();
        }
    }

    private static Optional<CloudEvent> binary(Binding binding, Map<String, String> headers, String contentType,
            byte[] body) {
        var attributes = new LinkedHashMap<String, JsonNode>();
        headers.forEach((name, value) -> {
            if (name.startsWith(binding.prefix)) {
                attributes.put(name.substring(binding.prefix.length()),
                        json(binding.asInHttp ? percentDecoded(value) : value));
            }
        });
        if (!contentType.isEmpty()) {
            attributes.putIfAbsent("datacontenttype", json(contentType));
        }
        return complete(attributes, Payload.of(body));
    }

    private static Optional<CloudEvent> structured(byte[] body) {
        try {
            if (!(MAPPER.readTree(body) instanceof ObjectNode event)) {
                return Optional.empty();
            }
            var attributes = new LinkedHashMap<String, JsonNode>();
            event.properties().forEach(field -> {
                if (!field.getKey().equals("data") && !field.getKey().equals("data_base64")
                        && !field.getValue().isNull()) {
                    attributes.put(field.getKey(), field.getValue());
                }
            });
            return complete(attributes, data(event));
        } catch (IOException e) {
            // Not JSON, or not base64: a message like any other, whatever its headers say.
            return Optional.empty();
        }
    }

    private static Payload data(ObjectNode event) throws IOException {
        if (event.hasNonNull("data_base64")) {
            return Payload.of(event.get("data_base64").binaryValue());
        }
        var data = event.get("data");
        if (data == null) {
            return Payload.of(new byte[0]);
        }
        // Text that does not claim to be JSON was put between quotation marks by the format alone.
        return data.isTextual() && !isJson(event.path("datacontenttype").asText("application/json"))
                ? Payload.of(data.textValue().getBytes(StandardCharsets.UTF_8))
                : Payload.of(data);
    }

    private static boolean isJson(String mediaType) {
        var type = mediaType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        return type.endsWith("/json") || type.endsWith("+json");
    }

    private static Optional<CloudEvent> complete(Map<String, JsonNode> attributes, Payload data) {
        for (var required : REQUIRED) {
            var value = attributes.get(required);
            if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new CloudEvent(attributes, data));
    }

    private static boolean mayBeStructured(byte[] body) {
        return body.length > 0 && body[0] == '{'
                && new String(body, StandardCharsets.ISO_8859_1).contains("\"specversion\"");
    }

    private static String percentDecoded(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A percent sign that encodes nothing stands for itself.
            return value;
        }
    }

    private static JsonNode json(String value) {
        return JsonNodeFactory.instance.textNode(value);
    }
}
