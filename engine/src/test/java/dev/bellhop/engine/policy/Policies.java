package dev.bellhop.engine.policy;

import java.nio.charset.StandardCharsets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.ListenerLimits;
import dev.bellhop.api.TriggerSpec;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;

/// What the tests of policies begin with.
final class Policies {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Policies() {}

    /// The policy that a Trigger with this spec has; its problems go to `problems`.
    static DeliveryPolicy compile(String yaml, List<Problem> problems) {
        return PolicyCompiler.compile(read(yaml, TriggerSpec.class).delivery(), "spec", "team-a", problems);
    }

    static DeliveryPolicy sound(String yaml) {
        var problems = new ArrayList<Problem>();
        var policy = compile(yaml, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.toString());
        }
        return policy;
    }

    /// What an EventListener with these limits allows.
    static AdminLimits admin(String yaml) {
        return AdminLimits.of(read(yaml, ListenerLimits.class), problem -> {
            throw new IllegalArgumentException(problem.toString());
        });
    }

    static <T> T read(String yaml, Class<T> type) {
        try {
            return JSON.treeToValue(YAML.readTree(yaml), type);
        } catch (IOException e) {
            throw new UncheckedIOException(yaml, e);
        }
    }

    static Event event(String body, Map<String, String> headers) {
        if (!(Body.parse(body.getBytes(StandardCharsets.UTF_8)) instanceof Body.Parsed.Accepted(var parsed))) {
            throw new IllegalArgumentException("a test's body must be a JSON object");
        }
        return new Event(EventId.at(NOW, new Random(1)), NOW, "POST", "/team-a?name=build&token=t",
                Headers.of(headers.entrySet()), parsed);
    }

    static ObjectNode extensions() {
        return JSON.createObjectNode().put("team", "shop");
    }
}
