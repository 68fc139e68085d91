package dev.bellhop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.api.Trigger;
import dev.bellhop.cli.command.Yaml;
import dev.bellhop.listener.record.Happening;
import dev.bellhop.scenarios.Scenario.Step;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.opentest4j.TestAbortedException;

/// Plays one scenario, step for step.
final class Player {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    /// How long something must stay away to be taken as absent.
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final Stage stage;
    private final Scenario scenario;
    private final Objects objects;
    private final List<JsonNode> applied = new ArrayList<>();

    Player(Stage stage, Scenario scenario) {
        this.stage = stage;
        this.scenario = scenario;
        objects = new Objects(stage.admin());
    }

    void play() throws Exception {
        try {
            for (var step : scenario.steps()) {
                if (step.isFor(stage.serverName())) {
                    play(step);
                }
            }
            new Traces(stage, scenario).check();
        } finally {
            clear();
        }
    }

    private void play(Step step) throws Exception {
        try {
            switch (step.verb()) {
                case APPLY -> read(step).forEach(this::apply);
                case PATCH -> read(step).forEach(objects::patch);
                case STATUS -> read(step).forEach(objects::patchStatus);
                case DELETE -> read(step).forEach(objects::delete);
                case REFUSED -> read(step).forEach(this::refused);
                case REMOTE -> read(step).forEach(stage.remote().objects()::apply);
                case POST -> read(step).forEach(this::post);
                case BROKER -> {
                    for (var wanted : read(step)) {
                        stage.brokers().make(wanted);
                    }
                }
                case PUBLISH -> {
                    for (var message : read(step)) {
                        stage.brokers().publish(message);
                    }
                }
                case ANSWER -> stage.outside().plan(scenario.name(), read(step).stream()
                        .flatMap(answer -> IntStream.range(0, answer.path("times").asInt(1)).mapToObj(_ -> answer))
                        .toList());
                case CONVERT -> Converted.from(text(step), scenario.name()).forEach(this::apply);
                case STOP -> stage.stop();
                case START -> stage.start();
                case ASSERT -> read(step).forEach(wanted -> soon(() -> objects.difference(wanted)));
                case ABSENT -> read(step).forEach(this::staysAbsent);
                case DECIDED -> read(step).forEach(wanted -> soon(() -> undecided(wanted)));
                case SHOWN -> read(step).forEach(wanted -> soon(() -> notShown(wanted)));
                case RECEIVED -> received(read(step));
            }
        } catch (TestAbortedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            throw new AssertionError(step + ": " + e.getMessage() + happened(), e);
        }
    }

    private String happened() {
        return stage.happenings(scenario.name()).stream()
                .map(one -> "\n  " + one.trigger() + " " + one.ending().outcome() + ": " + one.ending().detail())
                .collect(Collectors.joining("", "\nWhat happened so far:", ""))
                + stage.admin().resources(Trigger.class).inNamespace(scenario.name()).list().getItems().stream()
                        .filter(trigger -> trigger.getStatus() != null)
                        .map(trigger -> "\n  Trigger " + trigger.getMetadata().getName() + ": "
                                + trigger.getStatus().conditions().stream().map(Condition::getMessage).toList())
                        .collect(Collectors.joining());
    }

    private List<JsonNode> read(Step step) throws Exception {
        return Yaml.readAll(text(step));
    }

    private String text(Step step) throws Exception {
        var text = Files.readString(step.file());
        if (text.contains("${NATS}")) {
            text = text.replace("${NATS}", stage.brokers().nats().url());
        }
        if (text.contains("${KAFKA}")) {
            text = text.replace("${KAFKA}", stage.brokers().kafka().broker());
        }
        if (text.contains("${REMOTE_")) {
            text = stage.remote().fill(text);
        }
        return text.replace("${OUTSIDE}", stage.outside().url() + scenario.name())
                .replace("${OUTSIDE_PORT}", Integer.toString(stage.outside().port()));
    }

    private void apply(JsonNode object) {
        applied.add(object);
        soon(() -> {
            objects.apply(object);
            return Optional.empty();
        });
    }

    /// `{because, object}`
    private void refused(JsonNode wanted) {
        // Nothing else may be the matter, such as a kind that is not served yet.
        soon(() -> {
            try {
                objects.apply(wanted.required("object"));
                return Optional.of("was not refused: " + wanted);
            } catch (KubernetesClientException e) {
                return Likeness.difference(wanted.required("because"), TextNode.valueOf(e.getMessage()));
            }
        });
    }

    /// `{path, headers, body or base64, times, answer}`, where `answer` is a status, or `{status, headers}`
    private void post(JsonNode wanted) {
        var body = wanted.path("body");
        var bytes = wanted.has("base64")
                ? Base64.getMimeDecoder().decode(wanted.get("base64").asText())
                : (body.isContainerNode() ? body.toString() : body.asText()).getBytes(StandardCharsets.UTF_8);
        var answer = answer(wanted.path("answer"));
        for (int i = 0; i < wanted.path("times").asInt(1); i++) {
            // The listener hears of objects a moment after they were applied.
            soon(() -> {
                var request = HttpRequest.newBuilder().POST(BodyPublishers.ofByteArray(bytes));
                wanted.path("headers").properties()
                        .forEach(header -> request.header(header.getKey(), header.getValue().asText()));
                var reply = stage.send(wanted.path("path").asText(), request);
                return Likeness.difference(answer, json(reply)).map(why -> why + "; body: " + reply.body());
            });
        }
    }

    private static ObjectNode answer(JsonNode wanted) {
        return wanted.isObject()
                ? (ObjectNode) wanted
                : JsonNodeFactory.instance.objectNode().put("status", wanted.asInt(202));
    }

    private static ObjectNode json(HttpResponse<String> reply) {
        var json = JsonNodeFactory.instance.objectNode().put("status", reply.statusCode());
        var headers = json.putObject("headers");
        reply.headers().map().forEach((name, values) -> headers.put(name, String.join(",", values)));
        return json;
    }

    private void staysAbsent(JsonNode unwanted) {
        await().atMost(PATIENCE).during(QUIET).pollInterval(LOOK_EVERY).untilAsserted(
                () -> assertThat(objects.difference(unwanted)).as("there is one like " + unwanted).isPresent());
    }

    /// `{trigger, outcome, detail, times}`: without `times` at least once.
    private Optional<String> undecided(JsonNode wanted) {
        var happenings = stage.happenings(scenario.name()).stream().map(Player::json)
                .filter(one -> Likeness.difference(without(wanted), one).isEmpty()).count();
        boolean right = wanted.has("times") ? happenings == wanted.get("times").asInt() : happenings > 0;
        return right ? Optional.empty() : Optional.of(wanted + " was " + happenings + " times");
    }

    private static JsonNode without(JsonNode wanted) {
        var pattern = wanted.<ObjectNode>deepCopy();
        pattern.remove("times");
        return pattern;
    }

    private static JsonNode json(Happening happening) {
        return JsonNodeFactory.instance.objectNode().put("trigger", happening.trigger().name())
                .put("outcome", happening.ending().outcome()).put("detail", happening.ending().detail());
    }

    private Optional<String> notShown(JsonNode wanted) throws Exception {
        var history = stage.history(scenario.name());
        return history.stream().anyMatch(line -> Likeness.difference(wanted, line).isEmpty())
                ? Optional.empty()
                : Optional.of("nothing is like " + wanted + "; there are " + history);
    }

    /// All that the scenario's outside got so far, in any order, and nothing more for a while.
    private void received(List<JsonNode> wanted) {
        soon(() -> Likeness.differenceInAnyOrder(wanted, stage.outside().received(scenario.name())));
        await().atMost(PATIENCE).during(QUIET).pollInterval(LOOK_EVERY).untilAsserted(() -> assertThat(
                Likeness.differenceInAnyOrder(wanted, stage.outside().received(scenario.name()))).isEmpty());
    }

    /// Waits until nothing is the matter.
    private static void soon(Check check) {
        await().atMost(PATIENCE).pollInterval(LOOK_EVERY).pollDelay(Duration.ZERO)
                .untilAsserted(() -> assertThat(orNotServedYet(check)).isEmpty());
    }

    /// A kind that was defined a moment ago may not be served yet; everything else that the API server refuses is final.
    private static Optional<String> orNotServedYet(Check check) throws Exception {
        try {
            return check.difference();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                return Optional.of(e.getMessage());
            }
            throw e;
        }
    }

    /// What is the matter; empty when nothing is.
    private interface Check {
        Optional<String> difference() throws Exception;
    }

    /// Sources of one scenario must not go on beside the others.
    private void clear() {
        for (var object : applied) {
            if (object.path("apiVersion").asText().startsWith("bellhop.dev/")) {
                objects.delete(object);
            }
        }
    }
}
