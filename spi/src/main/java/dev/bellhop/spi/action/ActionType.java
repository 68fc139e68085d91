package dev.bellhop.spi.action;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/// One kind of action, such as `http`. Any thread may call it, several at once.
public interface ActionType {
    /// What a Trigger calls it: the field of an action for one that comes with Bellhop, `plugin.type` for a plug-in. A DNS label.
    String name();

    /// One sentence for people: what it does.
    String description();

    /// JSON schema (an OpenAPI v3 structural schema, as in a CRD) of the fields, each with its description.
    JsonNode schema();

    /// What is wrong with `spec`, each naming the field below it, the value and the way out; empty when it can be carried out.
    /// Texts may still hold `${{ }}`, whose values only an event gives. Reads no network, no clock and no cluster: the
    /// controller asks it too.
    List<String> problems(JsonNode spec);

    /// Carries it out for one event, and blocks until that is done: it runs on a virtual thread of its own. `spec` has all
    /// expressions replaced.
    ///
    /// It is called again when it failed, and also after it was done when the process ended before that was recorded: what
    /// must not happen twice is told apart by [ActionContext#idempotencyKey].
    ///
    /// @throws IOException          when somebody did not answer: it is tried again
    /// @throws InterruptedException when the process ends: it is tried again
    ActionResult run(JsonNode spec, ActionContext context) throws IOException, InterruptedException;
}
