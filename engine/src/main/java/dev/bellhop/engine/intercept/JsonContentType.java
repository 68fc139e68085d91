package dev.bellhop.engine.intercept;

import java.util.Optional;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.MediaType;
import dev.bellhop.engine.secret.Secrets;

/// Refuses what is declared a form: GitHub can be set to send its payload as a form field, which no filter would understand.
record JsonContentType() implements Check {
    @Override
    public Optional<Decision> objection(String by, Event event, Secrets secrets) {
        return event.headers().first("Content-Type").map(MediaType::of).filter(MediaType::isForm)
                .map(_ -> new Decision.Failed(by,
                        "form parameter encoding not supported, please change the hook to send JSON payloads", false));
    }
}
