package dev.bellhop.engine.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.action.ActionSpec;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.action.ActionStep.Doing;
import dev.bellhop.engine.cel.Failure;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;

/// Actions of a Trigger in the namespace `team-a`, as YAML, and what becomes of them.
final class Given {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private Given() {}

    static Actions actions(String yaml, List<Problem> problems) {
        return ActionCompiler.compile(specs(yaml), "spec", "team-a", problems);
    }

    private static List<ActionSpec> specs(String yaml) {
        try {
            var specs = new ArrayList<ActionSpec>();
            for (var action : YAML.readTree(yaml)) {
                specs.add(JSON.treeToValue(action, ActionSpec.class));
            }
            return specs;
        } catch (IOException e) {
            throw new UncheckedIOException(yaml, e);
        }
    }

    static Actions actions(String yaml) {
        var problems = new ArrayList<Problem>();
        var actions = actions(yaml, problems);
        if (!problems.isEmpty()) {
            throw new AssertionError(problems.toString());
        }
        return actions;
    }

    static List<String> problems(String yaml) {
        var problems = new ArrayList<Problem>();
        actions(yaml, problems);
        return problems.stream().map(Problem::message).toList();
    }

    static Actions.Rendered rendered(Actions actions, JsonNode body) {
        var event = new Event(new EventId("e-1"), Instant.EPOCH, "POST", "/",
                Headers.of(List.of(Map.entry("X-A", "b"))),
                Body.of(body));
        var nodes = JsonNodeFactory.instance;
        return actions.render(event, nodes.objectNode().put("added", 1), nodes.objectNode().put("ref", "main"));
    }

    /// What is done with an event whose delivery is given up.
    static List<ActionStep> deadLetter(String yaml) {
        var problems = new ArrayList<Problem>();
        var actions = ActionCompiler.compileDeadLetter(specs(yaml), "spec", "team-a", problems);
        assertThat(problems).isEmpty();
        var event = new Event(new EventId("e-1"), Instant.EPOCH, "POST", "/", Headers.NONE, Body.of(json("{}")));
        var nodes = JsonNodeFactory.instance;
        return switch (actions.render(event, nodes.objectNode(), nodes.objectNode(),
                new Failure("act", "was answered 503", 3))) {
            case Actions.Rendered.Steps(var steps) -> steps;
            case Actions.Rendered.Failed(var why) -> throw new AssertionError(why);
        };
    }

    static List<ActionStep> steps(String yaml, String body) {
        return switch (rendered(actions(yaml), json(body))) {
            case Actions.Rendered.Steps(var steps) -> steps;
            case Actions.Rendered.Failed(var why) -> throw new AssertionError(why);
        };
    }

    static String failure(String yaml, String body) {
        return switch (rendered(actions(yaml), json(body))) {
            case Actions.Rendered.Steps(var steps) -> throw new AssertionError(steps.toString());
            case Actions.Rendered.Failed(var why) -> why;
        };
    }

    /// What the value becomes in the body of an `http` action, in YAML.
    static JsonNode value(String yaml, String body) {
        var step = steps("[{http: {url: 'http://x', body: {value: " + yaml + "}}}]", body).getFirst();
        return ((Doing.Run) step.doing()).spec().path("body").path("value");
    }

    static ObjectNode run(ActionStep step) {
        return ((Doing.Run) step.doing()).spec();
    }

    static JsonNode json(String text) {
        return switch (Body.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))) {
            case Body.Parsed.Accepted(var body) -> body.json();
            case Body.Parsed.NotAccepted(var why) -> throw new AssertionError(why);
        };
    }
}
