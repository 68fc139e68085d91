package dev.bellhop.engine.event;

import java.util.Locale;

/// What a `Content-Type` declares: type and subtype in lower case, such as `application/json`, without parameters.
public record MediaType(String name) {
    /// Reads the value of a `Content-Type`.
    public static MediaType of(String contentType) {
        int semicolon = contentType.indexOf(';');
        var written = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return new MediaType(written.strip().toLowerCase(Locale.ROOT));
    }

    /// Whether it is JSON, or something that is written in JSON, such as `application/cloudevents+json`.
    public boolean isJson() {
        return name.endsWith("/json") || name.endsWith("+json");
    }

    /// Whether it is what a browser makes of a form.
    public boolean isForm() {
        return name.equals("application/x-www-form-urlencoded");
    }

    /// Whether nothing is declared.
    public boolean isEmpty() {
        return name.isEmpty();
    }

    @Override
    public String toString() {
        return name;
    }
}
