package dev.bellhop.scenarios;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// The requests that came to one scenario's outside, and how the next are answered.
final class Visits {
    private final List<JsonNode> received = new ArrayList<>();
    private final Queue<JsonNode> planned = new ArrayDeque<>();
    private int beingAnswered;
    private @Nullable Instant last;

    /// Notes a request, with `at`, when it came, `secondsAfter`, the whole seconds since the one before, and `beside`, how many others
    /// are being answered at that moment. Gives the plan to answer it by, which is empty when nobody made any.
    synchronized JsonNode come(ObjectNode request) {
        var now = Instant.now();
        request.put("at", now.toString()).put("beside", beingAnswered);
        if (last != null) {
            request.put("secondsAfter", Duration.between(last, now).toSeconds());
        }
        beingAnswered++;
        last = now;
        received.add(request);
        var plan = planned.poll();
        return plan == null ? JsonNodeFactory.instance.objectNode() : plan;
    }

    /// A request is answered, or its sender waits no longer.
    synchronized void go() {
        beingAnswered--;
    }

    synchronized void plan(List<JsonNode> answers) {
        planned.addAll(answers);
    }

    synchronized List<JsonNode> received() {
        return List.copyOf(received);
    }
}
