package dev.bellhop.cli.convert.draft;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;

/// A Trigger that is being written.
public final class TriggerDraft {
    private final ObjectNode json;
    private final ObjectNode spec;
    private final String name;

    TriggerDraft(String namespace, String name) {
        this.json = Output.empty(Bellhop.API_VERSION, "Trigger", namespace, name);
        this.spec = json.putObject("spec");
        this.name = name;
    }

    ObjectNode json() {
        return json;
    }

    /// Its name.
    public String name() {
        return name;
    }

    /// As whom it acts.
    public void serviceAccount(String account) {
        spec.put("serviceAccountName", account);
    }

    /// Adds an interceptor with params.
    public void interceptor(String interceptor, ObjectNode params) {
        interceptor("", interceptor, params);
    }

    private void interceptor(String label, String interceptor, ObjectNode params) {
        var added = spec.withArray("interceptors").addObject();
        if (!label.isEmpty()) {
            added.put("name", label);
        }
        added.putObject("ref").put("name", interceptor);
        var list = added.putArray("params");
        params.properties()
                .forEach(param -> list.addObject().put("name", param.getKey()).set("value", param.getValue()));
    }

    /// Adds a filter.
    public void filter(String cel) {
        interceptor("cel", JsonNodeFactory.instance.objectNode().put("filter", cel));
    }

    /// Lets no event through, because a check could not be converted: better nothing happens than too much.
    public void closed(String field) {
        interceptor("not converted: " + field, "cel", JsonNodeFactory.instance.objectNode().put("filter", "false"));
    }

    /// Adds an action.
    public void action(ObjectNode action) {
        spec.withArray("actions").add(action);
    }

    /// Waits for one more event, of which `cel` is true.
    public void awaits(String event, String cel) {
        spec.withObject("/conditions").withArray("events").addObject().put("name", event).put("filter", cel);
    }

    /// Which of the awaited events are needed: names with `&&`, `||` and parentheses.
    public void when(String expression) {
        spec.withObject("/conditions").put("expression", expression);
    }

    /// Forgets at each of these times what has come.
    public void forgets(String schedule, Optional<String> timeZone) {
        var reset = spec.withObject("/conditions").withArray("reset").addObject().put("schedule", schedule);
        timeZone.ifPresent(zone -> reset.put("timeZone", zone));
    }

    /// Adds an action for an event that could not be delivered.
    public void deadLetterAction(ObjectNode action) {
        spec.withObject("/deadLetter").withArray("actions").add(action);
    }

    /// Sets a field of `retry`, `limits` or `concurrency`.
    public void set(String part, String field, JsonNode value) {
        spec.withObject("/" + part).set(field, value);
    }

    /// The fields of its URL of its own.
    public ObjectNode expose() {
        return spec.withObject("/expose");
    }

    /// One delivery at a time.
    public void oneAtATime() {
        spec.withObject("/concurrency").put("policy", "queue");
    }
}
