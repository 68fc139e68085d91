package dev.bellhop.engine.intercept;

import java.util.Optional;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.secret.Secrets;

/// Refuses what is declared a form: GitHub can be set to send its payload as a form field, which no filter would understand.
record JsonContentType() implements Check {
    @Override
    public Optional<Decision> objection(String by, Event event, Secrets secrets) {
        return event.headers().first("Content-Type").filter(JsonContentType::isForm)
                .map(_ -> new Decision.Failed(by,
                        "form parameter encoding not supported, please change the hook to send JSON payloads", false));
    }

    private static boolean isForm(String contentType) {
        int semicolon = contentType.indexOf(';');
        var mediaType = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return mediaType.strip().equalsIgnoreCase("application/x-www-form-urlencoded");
    }
}
