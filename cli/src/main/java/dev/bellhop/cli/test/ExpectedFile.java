package dev.bellhop.cli.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.command.NearMiss;
import dev.bellhop.cli.command.Yaml;
import dev.bellhop.cli.test.Expectation.Answered;
import dev.bellhop.cli.test.Expectation.ExpectedVerdict;
import dev.bellhop.cli.test.Outcome.Ending;

/// `expected.yaml`: `answer`, `decisions`, `objects` and `actions` of the folder's only request or event, or below the file name of each;
/// and `problems`, texts of which each must be part of a problem with the folder's objects.
record ExpectedFile(Map<String, Expectation> requests, List<String> problems) {
    private static final List<String> PARTS = List.of("answer", "decisions", "objects", "actions");
    private static final String PROBLEMS = "problems";

    static ExpectedFile read(CaseFolder folder) {
        var file = folder.expected();
        if (!Files.exists(file)) {
            throw new UnusableInput("there is no " + file + "; --update writes what happens into it");
        }
        try {
            var documents = Yaml.readAll(file);
            if (documents.size() != 1 || !documents.getFirst().isObject()) {
                throw new UnusableInput(file + " must be one YAML document with answer, decisions or objects");
            }
            return read(file, documents.getFirst(), folder.inputs().stream().map(CaseFolder::name).toList());
        } catch (IOException e) {
            throw new UnusableInput(file + " is no YAML: " + e.getMessage(), e);
        }
    }

    private static ExpectedFile read(Path file, JsonNode json, List<String> requests) {
        var problems = json.path(PROBLEMS).valueStream().map(JsonNode::asText).toList();
        boolean single = PARTS.stream().anyMatch(json::has);
        if (single && requests.size() != 1) {
            throw new UnusableInput(file + ": with " + requests.size()
                    + " requests and events, answer, decisions and objects stand below the file name of each: "
                    + requests);
        }
        var byName = new HashMap<String, Expectation>();
        if (single) {
            check(file, "", json, List.of("answer", "decisions", "objects", "actions", PROBLEMS));
            byName.put(requests.getFirst(), expectation(file, json));
        } else {
            var allowed = new ArrayList<>(requests);
            allowed.add(PROBLEMS);
            check(file, "", json, allowed);
            requests.stream().filter(json::has).forEach(name -> {
                check(file, name + ".", json.path(name), PARTS);
                byName.put(name, expectation(file, json.path(name)));
            });
        }
        return new ExpectedFile(Map.copyOf(byName), problems);
    }

    private static Expectation expectation(Path file, JsonNode json) {
        var answer = json.path("answer");
        check(file, "answer.", answer, List.of("status", "message"));
        if (answer.isObject() && !answer.path("status").isInt()) {
            throw new UnusableInput(file + ": answer.status must be a number such as 202");
        }
        return new Expectation(
                answer.isObject()
                        ? Optional.of(new Answered(answer.path("status").asInt(), answer.path("message").asText()))
                        : Optional.empty(),
                list(json, "decisions").map(list -> list.stream().map(one -> verdict(file, one)).toList()),
                list(json, "objects"), list(json, "actions"));
    }

    private static Optional<List<JsonNode>> list(JsonNode json, String name) {
        return json.has(name) ? Optional.of(json.path(name).valueStream().toList()) : Optional.empty();
    }

    private static ExpectedVerdict verdict(Path file, JsonNode json) {
        check(file, "decisions[].", json, List.of("trigger", "decision", "why"));
        var written = json.path("decision").asText();
        var ending = Arrays.stream(Ending.values()).filter(known -> known.name().equals(written)).findFirst()
                .orElseThrow(() -> new UnusableInput(file + ": decision '" + written + "' must be one of "
                        + Arrays.toString(Ending.values())));
        return new ExpectedVerdict(json.path("trigger").asText(), ending, json.path("why").asText());
    }

    private static void check(Path file, String at, JsonNode json, List<String> allowed) {
        var unknown = json.propertyStream().map(Map.Entry::getKey).filter(name -> !allowed.contains(name))
                .map(name -> at + name
                        + NearMiss.of(name, allowed).map(near -> " (did you mean " + near + "?)").orElse(""))
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw new UnusableInput(file + ": nothing reads " + unknown + "; there is " + String.join(", ", allowed));
        }
    }

    /// Writes what happened as what is expected from now on.
    static void write(CaseFolder folder, Map<String, Outcome> outcomes, List<String> problems) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (outcomes.size() == 1) {
            json = Expectation.write(outcomes.values().iterator().next());
        } else {
            for (var outcome : outcomes.entrySet()) {
                json.set(outcome.getKey(), Expectation.write(outcome.getValue()));
            }
        }
        if (!problems.isEmpty()) {
            var list = json.putArray(PROBLEMS);
            problems.forEach(problem -> list.add(problem.lines().findFirst().orElse("")));
        }
        try {
            Files.writeString(folder.expected(), Yaml.write(json));
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + folder.expected(), e);
        }
    }
}
