package dev.bellhop.listener.source.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bellhop.listener.outlet.Outgoing;
import dev.bellhop.listener.outlet.Reply;
import dev.bellhop.spi.source.SourceHealth;

/// What a plug-in's answer says of a source's health: 2xx with `connected`, `reason` and `message`, all of which it may leave out,
/// or a refusal with `message`.
final class Said {
    private static final int LONGEST_MESSAGE = 1_000;
    private static final String REASON = "[A-Za-z]([A-Za-z0-9_]{0,62}[A-Za-z0-9])?";
    private static final JsonMapper JSON = new JsonMapper();

    private Said() {}

    static SourceHealth by(Reply reply, Outgoing request) {
        var said = json(reply.body());
        if (!reply.isGood()) {
            return refused(reply.status(), message(said, ""), request);
        }
        if (said.path("connected").asBoolean(true)) {
            return new SourceHealth.Connected(message(said, request + " was answered " + reply.status()));
        }
        var reason = said.path("reason").asText();
        return new SourceHealth.Disconnected(reason.matches(REASON) ? reason : "NotConnected",
                message(said, "the plug-in says that it is not connected"));
    }

    private static SourceHealth refused(int status, String message, Outgoing request) {
        var why = request + " was answered " + status + (message.isEmpty() ? "" : ": " + message);
        return switch (status) {
            case 400, 422 -> new SourceHealth.Disconnected("SpecRefused", why);
            case 401, 403 -> new SourceHealth.Disconnected("TokenRefused", why);
            default -> new SourceHealth.Disconnected("PluginFailed", why);
        };
    }

    private static String message(JsonNode said, String otherwise) {
        var message = said.path("message").asText("");
        return message.isBlank()
                ? otherwise
                : message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // What answers may be a proxy; its page is not for a status.
            return MissingNode.getInstance();
        }
    }
}
