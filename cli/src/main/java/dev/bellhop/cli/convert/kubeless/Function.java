package dev.bellhop.cli.convert.kubeless;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.cli.convert.draft.ActionDraft;
import dev.bellhop.cli.convert.draft.Cel;
import dev.bellhop.cli.convert.draft.InputObject;

/// A function of Kubeless, which is a Service.
///
/// @param json the Function; missing when it is only known by name
record Function(String namespace, String name, JsonNode json) {
    private static final int PORT = 8080;
    private static final int LONGEST_TIMEOUT = 60;

    static Function of(InputObject object) {
        return new Function(object.namespace(), object.name(), object.json());
    }

    /// The function that `trigger` calls `name`.
    static Function named(String name, InputObject trigger, List<Function> all) {
        return all.stream()
                .filter(function -> function.namespace().equals(trigger.namespace()) && function.name().equals(name))
                .findFirst().orElse(new Function(trigger.namespace(), name, MissingNode.getInstance()));
    }

    boolean isKnown() {
        return !json.isMissingNode();
    }

    /// Calls it as Kubeless did.
    ///
    /// @param namespace what the header event-namespace says
    /// @param body      CEL of what is sent, which is JSON
    ActionDraft call(String namespace, String body) {
        var action = ActionDraft.http(name, "POST", url());
        action.header("Content-Type", "application/json");
        action.header("event-id", Cel.value("event.id"));
        action.header("event-time", Cel.value("string(event.time)"));
        action.header("event-type", "application/json");
        action.header("event-namespace", namespace);
        action.body(TextNode.valueOf(Cel.value(body)));
        action.successCodes(List.of(200));
        int seconds = json.at("/spec/timeout").asInt();
        if (seconds > 0) {
            action.timeout(Math.min(seconds, LONGEST_TIMEOUT) + "s");
        }
        return action;
    }

    private String url() {
        return "http://" + name + "." + namespace + ".svc.cluster.local:"
                + json.at("/spec/service/ports/0/port").asInt(PORT);
    }
}
