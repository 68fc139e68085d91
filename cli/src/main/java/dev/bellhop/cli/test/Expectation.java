package dev.bellhop.cli.test;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.cli.test.Outcome.Ending;
import dev.bellhop.cli.test.Outcome.Verdict;

/// What a request or an event is expected to bring about. What is absent is not looked at.
///
/// @param answer   fields of the answer: `status`, `message` (a part of it is enough)
/// @param verdicts for all Triggers that it addresses
/// @param objects  all that are made
/// @param actions  all that are carried out, in order
record Expectation(Optional<Answered> answer, Optional<List<ExpectedVerdict>> verdicts,
        Optional<List<JsonNode>> objects, Optional<List<JsonNode>> actions) {

    /// The status code, and text that the message contains.
    record Answered(int status, String message) {}

    /// How it ends for a Trigger, and text that the reason contains.
    record ExpectedVerdict(String trigger, Ending ending, String why) {}

    /// Where `outcome` is not what is expected, line by line.
    List<String> differencesTo(Outcome outcome) {
        var lines = new java.util.ArrayList<String>();
        answer.ifPresent(expected -> {
            if (outcome.answer().isEmpty()) {
                lines.add("answer: expected " + expected.status() + ", but nobody answers the event of a source");
                return;
            }
            var actual = outcome.answer().get();
            if (expected.status() != actual.status()) {
                lines.add("answer.status: expected " + expected.status() + ", was " + actual.status()
                        + (actual.message().isEmpty() ? "" : " (" + actual.message() + ")"));
            }
            if (!actual.message().contains(expected.message())) {
                lines.add(
                        "answer.message: expected '" + expected.message() + "' in it, was '" + actual.message() + "'");
            }
        });
        verdicts.ifPresent(expected -> compareVerdicts(expected, outcome.verdicts(), lines));
        objects.ifPresent(expected -> lines.addAll(Difference.ofAll(expected, outcome.objects())));
        actions.ifPresent(expected -> Difference.of(array(expected), array(outcome.actions()))
                .forEach(line -> lines.add("actions" + line)));
        return lines;
    }

    private static ArrayNode array(List<? extends JsonNode> items) {
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    private static void compareVerdicts(List<ExpectedVerdict> expected, List<Verdict> actual, List<String> lines) {
        for (var wanted : expected) {
            var found = actual.stream().filter(verdict -> verdict.trigger().toString().equals(wanted.trigger()))
                    .findFirst();
            if (found.isEmpty()) {
                lines.add("decision of " + wanted.trigger() + ": expected " + wanted.ending()
                        + ", but the request does not address it");
            } else if (found.get().ending() != wanted.ending()) {
                lines.add("decision of " + wanted.trigger() + ": expected " + wanted.ending() + ", was "
                        + found.get().ending() + (found.get().why().isEmpty() ? "" : " (" + found.get().why() + ")"));
            } else if (!found.get().why().contains(wanted.why())) {
                lines.add("decision of " + wanted.trigger() + ": expected '" + wanted.why() + "' in its reason, was '"
                        + found.get().why() + "'");
            }
        }
        actual.stream()
                .filter(verdict -> expected.stream()
                        .noneMatch(wanted -> wanted.trigger().equals(verdict.trigger().toString())))
                .forEach(verdict -> lines.add("decision of " + verdict.trigger() + ": not expected, was "
                        + verdict.ending() + (verdict.why().isEmpty() ? "" : " (" + verdict.why() + ")")));
    }

    /// How `expected.yaml` would say what happened. The labels that every object gets are left out.
    static ObjectNode write(Outcome outcome) {
        var json = JsonNodeFactory.instance.objectNode();
        outcome.answer().ifPresent(given -> {
            var answer = json.putObject("answer").put("status", given.status());
            if (!given.message().isEmpty()) {
                answer.put("message", given.message());
            }
        });
        var decisions = json.putArray("decisions");
        for (var verdict : outcome.verdicts()) {
            var decision = decisions.addObject().put("trigger", verdict.trigger().toString())
                    .put("decision", verdict.ending().name());
            if (!verdict.why().isEmpty()) {
                decision.put("why", verdict.why());
            }
        }
        var objects = json.putArray("objects");
        outcome.objects().forEach(object -> objects.add(withoutOurLabels(object.deepCopy())));
        if (!outcome.actions().isEmpty()) {
            json.putArray("actions").addAll(outcome.actions());
        }
        return json;
    }

    private static ObjectNode withoutOurLabels(ObjectNode object) {
        if (object.path("metadata") instanceof ObjectNode metadata
                && metadata.path("labels") instanceof ObjectNode labels) {
            labels.remove(List.of(Bellhop.LABEL_EVENT_ID, Bellhop.LABEL_EVENT_LISTENER, Bellhop.LABEL_EVENT_SOURCE,
                    Bellhop.LABEL_TRIGGER));
            if (labels.isEmpty()) {
                metadata.remove("labels");
            }
        }
        return object;
    }
}
