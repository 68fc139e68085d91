package dev.bellhop.cli.deliveries;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.cli.command.Columns;

/// Deliveries as people read them.
final class DeliveryTable {
    private static final int LABEL = 14;

    private DeliveryTable() {}

    /// A line for each.
    static void print(List<JsonNode> items, PrintWriter out) {
        var columns = new Columns(List.of("TIME", "NAMESPACE", "TRIGGER", "ID", "OUTCOME", "DETAIL"));
        items.forEach(item -> columns.add(cells(item)));
        columns.print(out);
    }

    /// The cells of one line. What was not accepted has only the ID of its event.
    static List<String> cells(JsonNode item) {
        return List.of(seconds(item.path("time").asText()), item.path("namespace").asText(),
                item.path("trigger").asText(), item.path("id").asText(item.path("eventID").asText()),
                item.path("outcome").asText(), item.path("detail").asText());
    }

    private static String seconds(String time) {
        return Instant.parse(time).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// All of one, label by label.
    static void describe(JsonNode delivery, PrintWriter out) {
        label(out, "ID", delivery.path("id").asText());
        label(out, "Outcome", delivery.path("outcome").asText());
        label(out, "Detail", delivery.path("detail").asText());
        label(out, "Trigger", delivery.path("namespace").asText() + "/" + delivery.path("trigger").asText());
        label(out, "Listener", delivery.path("listener").asText());
        label(out, "Event source", delivery.path("eventSource").asText());
        label(out, "Accepted", delivery.path("time").asText());
        label(out, "Finished", delivery.path("finishedAt").asText());
        label(out, "Next try", delivery.path("nextAttemptAt").asText());
        label(out, "Duplicate of", delivery.path("duplicateOf").asText());
        label(out, "Replay of", delivery.path("replayOf").asText());
        label(out, "Requested by", delivery.path("requestedBy").asText());
        label(out, "Dedup key", delivery.path("dedupKey").asText());
        delivery.path("objects").forEach(object -> label(out, "Object",
                (object.has("verb") ? object.path("verb").asText() + " " : "") + object.path("kind").asText() + " "
                        + (object.path("namespace").asText().isEmpty() ? "" : object.path("namespace").asText() + "/")
                        + object.path("name").asText()));
        delivery.path("tries").forEach(tried -> label(out, "Try " + tried.path("attempt").asText(), tried(tried)));
        var request = delivery.path("request");
        if (!request.isMissingNode()) {
            label(out, "Request", request.path("method").asText() + " " + request.path("url").asText() + " ("
                    + request.path("payloadBytes").asText() + " bytes)");
        }
        request.path("headers").propertyStream().forEach(header -> label(out, "Header", header.getKey() + ": "
                + header.getValue().valueStream().map(JsonNode::asText).collect(Collectors.joining(", "))));
        var payload = delivery.path("payload");
        if (!payload.isMissingNode()) {
            out.println(payload.path("truncated").asBoolean() ? "Payload (its beginning):" : "Payload:");
            out.println(payload.path("text").asText(payload.path("base64").asText()));
        }
    }

    private static String tried(JsonNode tried) {
        var failure = tried.path("step").asText() + ": " + tried.path("why").asText();
        return tried.path("endedAt").asText() + " " + tried.path("outcome").asText()
                + (tried.has("step") ? " at " + failure : "");
    }

    private static void label(PrintWriter out, String name, String value) {
        if (!value.isEmpty()) {
            out.println(name + ":" + " ".repeat(Math.max(1, LABEL - name.length())) + value.replaceAll("\\R", " "));
        }
    }
}
