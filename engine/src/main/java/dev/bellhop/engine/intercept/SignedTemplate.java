package dev.bellhop.engine.intercept;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import javax.crypto.Mac;

/// What a sender signs, such as `{timestamp}.{body}`: text with places for the body's bytes, the timestamp and the id, both
/// exactly as they stand in the headers.
record SignedTemplate(List<Part> parts) {
    private static final Pattern PLACE = Pattern.compile("\\{(body|timestamp|id)}");

    /// The body alone, as most senders do.
    static final SignedTemplate BODY = of("{body}");

    SignedTemplate {
        parts = List.copyOf(parts);
    }

    /// One part, in order.
    sealed interface Part {
        /// Signed as it is.
        record Text(String text) implements Part {}

        /// The body's bytes.
        record Body() implements Part {}

        /// The timestamp as sent.
        record Timestamp() implements Part {}

        /// The id as sent.
        record Id() implements Part {}
    }

    /// Reads a template; braces that name no place stand for themselves.
    static SignedTemplate of(String template) {
        var parts = new ArrayList<Part>();
        var places = PLACE.matcher(template);
        int end = 0;
        while (places.find()) {
            if (places.start() > end) {
                parts.add(new Part.Text(template.substring(end, places.start())));
            }
            parts.add(switch (places.group(1)) {
                case "body" -> new Part.Body();
                case "timestamp" -> new Part.Timestamp();
                default -> new Part.Id();
            });
            end = places.end();
        }
        if (end < template.length()) {
            parts.add(new Part.Text(template.substring(end)));
        }
        return new SignedTemplate(parts);
    }

    /// Whether the signature covers such a part.
    boolean covers(Class<? extends Part> kind) {
        return parts.stream().anyMatch(kind::isInstance);
    }

    /// The signature of what is filled in.
    byte[] sign(Mac mac, byte[] body, String timestamp, String id) {
        for (var part : parts) {
            mac.update(switch (part) {
                case Part.Text(var text) -> text.getBytes(StandardCharsets.UTF_8);
                case Part.Body() -> body;
                case Part.Timestamp() -> timestamp.getBytes(StandardCharsets.UTF_8);
                case Part.Id() -> id.getBytes(StandardCharsets.UTF_8);
            });
        }
        return mac.doFinal();
    }

    @Override
    public String toString() {
        var template = new StringBuilder();
        for (var part : parts) {
            template.append(switch (part) {
                case Part.Text(var text) -> text;
                case Part.Body() -> "{body}";
                case Part.Timestamp() -> "{timestamp}";
                case Part.Id() -> "{id}";
            });
        }
        return template.toString();
    }
}
