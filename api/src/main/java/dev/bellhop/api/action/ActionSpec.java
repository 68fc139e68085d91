package dev.bellhop.api.action;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// One thing to do with an event, and when. Exactly one of the fields after `forEach` is there.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionSpec(
        @JsonPropertyDescription("A name for people: it is shown in the history and where the action fails.") @Nullable String name,
        @JsonPropertyDescription("CEL expression: the action is carried out when it is true. Default: always.") @Nullable String when,
        @JsonPropertyDescription("What happens when `when` is false: skip (default) does nothing; delete, of a kubernetes action, deletes the object that this Trigger made earlier.") @Nullable String whenFalse,
        @JsonPropertyDescription("CEL expression that gives a list, of 100 items at most: the action is carried out once for each, which expressions see as `each`, with `index` from 0.") @Nullable String forEach,
        @JsonPropertyDescription("Creates, applies, patches, updates or deletes an object of the cluster.") @Nullable KubernetesAction kubernetes,
        @JsonPropertyDescription("Sends an HTTP request.") @Nullable HttpAction http,
        @JsonPropertyDescription("Sends a CloudEvent 1.0 over HTTP.") @Nullable CloudEventAction cloudEvent,
        @JsonPropertyDescription("Sends a message to people: Slack, Telegram, DingTalk or e-mail.") @JsonProperty("notify") @Nullable NotifyAction notification,
        @JsonPropertyDescription("Publishes a message to NATS or Kafka.") @Nullable PublishAction publish,
        @JsonPropertyDescription("Writes a line to the listener's log.") @Nullable LogAction log,
        @JsonPropertyDescription("Runs a container to its end, as a Job of its own for each event.") @Nullable JobAction job,
        @JsonPropertyDescription("Calls every Service of the Trigger's namespace that has certain labels.") @Nullable FunctionAction function,
        @JsonPropertyDescription("Raises the revision of KubeVela Applications by one.") @Nullable BumpApplicationRevisionAction bumpApplicationRevision,
        @JsonPropertyDescription("Adds the event to an EventRecord, which keeps the last ones.") @Nullable RecordEventAction recordEvent,
        @JsonPropertyDescription("Starts an Argo Workflow, or changes one that runs.") @Nullable WorkflowAction workflow,
        @JsonPropertyDescription("Carries out an action of a kind that does not come with Bellhop.") @Nullable PluginAction plugin,
        @JsonPropertyDescription("Runs a program where the listener runs. Only in standalone mode.") @Nullable ExecAction exec) {
    /// The fields of which one is there.
    public static final List<String> KINDS = List.of("kubernetes", "http", "cloudEvent", "notify", "publish", "log",
            "job",
            "function", "bumpApplicationRevision", "recordEvent", "workflow", "plugin", "exec");

    /// The kinds of action that are given, by the name of their field; a sound spec gives one.
    public Map<String, ActionKind> given() {
        var given = new LinkedHashMap<String, ActionKind>();
        put(given, "kubernetes", kubernetes);
        put(given, "http", http);
        put(given, "cloudEvent", cloudEvent);
        put(given, "notify", notification);
        put(given, "publish", publish);
        put(given, "log", log);
        put(given, "job", job);
        put(given, "function", function);
        put(given, "bumpApplicationRevision", bumpApplicationRevision);
        put(given, "recordEvent", recordEvent);
        put(given, "workflow", workflow);
        put(given, "plugin", plugin);
        put(given, "exec", exec);
        return given;
    }

    private static void put(Map<String, ActionKind> given, String name, @Nullable ActionKind kind) {
        if (kind != null) {
            given.put(name, kind);
        }
    }
}
