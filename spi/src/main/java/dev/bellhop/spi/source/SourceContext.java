package dev.bellhop.spi.source;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// What a source may use of Bellhop. Any thread may call it.
public interface SourceContext {
    /// Namespace of the EventSource: the tenant.
    String namespace();

    /// Name of the EventSource.
    String name();

    /// UID of the EventSource: one that was deleted and written anew is another one.
    String uid();

    /// `metadata.generation` of the EventSource when the source was started: of two specs the later has the higher one.
    long generation();

    /// The ServiceAccount of [#namespace] as which the cluster is read, if it is: never with rights of Bellhop's own.
    String serviceAccount();

    /// Hands over one event. Never blocks. The stage completes when the event's fate is safe: see [Emitted]. Events are kept in
    /// the order in which they were emitted by one thread. Keep a bounded number of them unanswered, 1,000 at most.
    CompletionStage<Emitted> emit(SourceEvent event);

    /// Says that something happened which the source's own fields leave out, so that people can find out why it was not brought:
    /// it is counted, and the latest are shown. Never blocks.
    ///
    /// @param rule what decided, one of a few, such as `fields[0]`
    /// @param what it was, such as `update team-a/web`
    default void dropped(String rule, String what) {}

    /// Says how the source fares, for the status of the EventSource. Say it when it changes.
    void report(SourceHealth health);

    /// The same for a source that reads several clusters: how each of them fares, by its name, beside how the whole does.
    default void report(SourceHealth health, Map<String, SourceHealth> clusters) {
        report(health);
    }

    /// What this source remembers from earlier runs.
    SourceMemory memory();

    /// The value of one key of a Secret in [#namespace]; empty when Secret or key is absent. Blocks while it is read from the API
    /// server.
    Optional<String> secret(String name, String key);

    /// The time.
    Clock clock();
}
