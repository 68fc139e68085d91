package dev.bellhop.spi.action;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/// What the API server answered.
///
/// @param body       a missing node when it is no JSON
/// @param retryAfter how long it asked us to wait
public record Answer(int status, JsonNode body, Optional<Duration> retryAfter) {
    /// Whether it did what it was asked.
    public boolean isGood() {
        return status >= 200 && status < 300;
    }

    /// What it says went wrong.
    public String message() {
        return body.path("message").asText("");
    }

    /// Its word for what went wrong, such as `AlreadyExists`.
    public String reason() {
        return body.path("reason").asText("");
    }

    /// The failure that this answer is, to `what` was asked, such as `patching ConfigMap team-a/x`. What can get better is tried
    /// again: 401, 404, 408, 409, 429, 5xx and a full quota. The rest is not, above all 400, 403 and 422.
    public ActionResult.Failed failed(String what) {
        boolean quota = status == 403 && message().contains("exceeded quota");
        boolean retryable = quota || switch (status) {
            case 401, 404, 408, 409, 429 -> true;
            default -> status >= 500;
        };
        return new ActionResult.Failed(what + " was answered " + status + (message().isEmpty() ? "" : ": " + message()),
                retryable, retryAfter);
    }
}
