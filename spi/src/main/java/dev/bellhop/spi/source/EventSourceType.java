package dev.bellhop.spi.source;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/// One kind of event source, such as `cron`. Has no state of its own; any thread may call it.
public interface EventSourceType {
    /// What an EventSource calls it: the field of `spec` for one that comes with Bellhop, `spec.plugin.type` for a plug-in. A DNS
    /// label.
    String name();

    /// One sentence for people: what brings the events.
    String description();

    /// JSON schema (an OpenAPI v3 structural schema, as in a CRD) of the fields, each with its description.
    JsonNode schema();

    /// Whether every replica runs it: only for what comes from a broker that shares the events out among its readers. Otherwise
    /// one replica at a time does.
    default boolean runsOnEveryReplica() {
        return false;
    }

    /// What is wrong with `spec`, each naming the field below it, the value and the way out; empty when it can be started. Reads
    /// no network, no clock and no cluster: the controller asks it too.
    List<String> problems(JsonNode spec);

    /// Starts a source with a sound `spec`. Returns at once; what takes time, such as connecting, goes on beside, tries again by
    /// itself and is told by [SourceContext#report]. A changed spec is a new start, after the old one was closed.
    RunningSource start(JsonNode spec, SourceContext context);
}
