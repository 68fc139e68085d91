package dev.bellhop.cli.convert.draft;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// An action of a Trigger that is being written. Texts are those of actions: see [Cel#verbatim].
public final class ActionDraft {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final ObjectNode kind;

    private ActionDraft(String name, String kind) {
        if (!name.isEmpty()) {
            json.put("name", name);
        }
        this.kind = json.putObject(kind);
    }

    /// Does something to an object of the cluster; `name` is for people.
    public static ActionDraft kubernetes(String name, String operation, JsonNode object) {
        var action = new ActionDraft(name, "kubernetes");
        action.kind.put("operation", operation);
        action.kind.set("object", object);
        return action;
    }

    /// Sends a request.
    public static ActionDraft http(String name, String method, String url) {
        var action = new ActionDraft(name, "http");
        action.kind.put("url", url).put("method", method);
        return action;
    }

    /// Calls the Services that have these labels.
    public static ActionDraft function(JsonNode labels) {
        var action = new ActionDraft("", "function");
        action.kind.set("selector", labels);
        return action;
    }

    /// Raises the revision of Applications.
    public static ActionDraft bumpApplicationRevision() {
        return new ActionDraft("", "bumpApplicationRevision");
    }

    /// Adds the event to an EventRecord.
    public static ActionDraft recordEvent() {
        return new ActionDraft("", "recordEvent");
    }

    /// Does something to an Argo Workflow: `submit`, `resubmit`, `suspend`, `resume`, `stop` or `terminate`.
    public static ActionDraft workflow(String name, String operation) {
        var action = new ActionDraft(name, "workflow");
        action.kind.put("operation", operation);
        return action;
    }

    /// Sends a message to a channel of Slack.
    public static ActionDraft slack(String name, ObjectNode message) {
        var action = new ActionDraft(name, "notify");
        action.kind.set("slack", message);
        return action;
    }

    /// Sends an e-mail.
    public static ActionDraft email(String name, ObjectNode message) {
        var action = new ActionDraft(name, "notify");
        action.kind.set("email", message);
        return action;
    }

    /// Sends a message to a broker, `nats` or `kafka`.
    public static ActionDraft publish(String name, String broker, ObjectNode message) {
        var action = new ActionDraft(name, "publish");
        action.kind.set(broker, message);
        return action;
    }

    /// Writes a log line.
    public static ActionDraft log(String name) {
        return new ActionDraft(name, "log");
    }

    /// The action.
    public ObjectNode json() {
        return json;
    }

    /// Sets a field that needs no explanation.
    public void set(String field, JsonNode value) {
        kind.set(field, value);
    }

    /// As above.
    public void set(String field, String value) {
        kind.put(field, value);
    }

    /// How operation patch changes the object: `merge`, `json` or `strategic`.
    public void patch(String type, JsonNode data) {
        var patch = kind.withObject("/patch").put("type", type);
        if (!data.isMissingNode()) {
            patch.set("data", data);
        }
    }

    /// An object that is not there is created.
    public void createIfMissing() {
        kind.put("createIfMissing", true);
    }

    /// The event's object owns this one.
    public void owned() {
        kind.put("owner", true);
    }

    /// Adds a header.
    public void header(String name, String value) {
        kind.withObject("/headers").put(name, value);
    }

    /// Adds a header whose value is in a Secret.
    public void secretHeader(String name, String secret, String key) {
        var header = kind.withArray("secretHeaders").addObject().put("name", name);
        header.putObject("secretRef").put("secretName", secret).put("secretKey", key);
    }

    /// Sets the body.
    public void body(JsonNode body) {
        kind.set("body", body);
    }

    /// Authenticates with the keys username and password of a Secret.
    public void basicAuth(String secret) {
        kind.withObject("/auth").put("basicSecretName", secret);
    }

    /// Certificates, in a Secret with ca.crt, tls.crt and tls.key.
    public void tls(String secret) {
        kind.withObject("/tls").put("secretName", secret);
    }

    /// Which status codes mean success.
    public void successCodes(List<Integer> codes) {
        codes.forEach(kind.withArray("successCodes")::add);
    }

    /// How long to wait for an answer.
    public void timeout(String duration) {
        kind.put("timeout", duration);
    }

    /// One log line in so many seconds.
    public void everySeconds(int seconds) {
        kind.put("intervalSeconds", seconds);
    }
}
