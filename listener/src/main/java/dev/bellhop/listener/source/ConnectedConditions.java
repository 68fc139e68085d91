package dev.bellhop.listener.source;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.bellhop.api.Bellhop;
import dev.bellhop.api.EventSource;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.SourceClusterStatus;
import dev.bellhop.spi.source.SourceHealth;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the condition `Connected` of EventSources and how their clusters fare, by server-side apply, so that the controller's `Ready` beside it stays the
/// controller's. One write at a time, only on change, at most 20 a second; what fails is tried again.
final class ConnectedConditions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectedConditions.class);
    private static final PatchContext APPLY = new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("bellhop-listener").withForce(true).build();
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(50);
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<ObjectName, Said> wanted = new ConcurrentHashMap<>();
    private final Map<ObjectName, Said> written = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<ObjectName> changed = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofVirtual().name("connected-conditions").unstarted(this::run);

    /// What is true of a source, and of each of its clusters by name.
    private record Said(String uid, Told whole, SortedMap<String, Told> clusters) {
        boolean saysTheSameAs(Said other) {
            return uid.equals(other.uid) && whole.saysTheSameAs(other.whole)
                    && clusters.keySet().equals(other.clusters.keySet())
                    && clusters.entrySet().stream().allMatch(entry -> entry.getValue()
                            .saysTheSameAs(Objects.requireNonNull(other.clusters.get(entry.getKey()))));
        }
    }

    /// What is true, since when.
    private record Told(boolean connected, String reason, String message, String since) {
        static Told of(SourceHealth health, @Nullable Told before, String now) {
            var told = switch (health) {
                case SourceHealth.Connected(var message) -> new Told(true, "Connected", message, now);
                case SourceHealth.Disconnected(var reason, var message) -> new Told(false, reason, message, now);
            };
            return before != null && before.connected == told.connected
                    ? new Told(told.connected, told.reason, told.message, before.since)
                    : told;
        }

        boolean saysTheSameAs(Told other) {
            return connected == other.connected && reason.equals(other.reason) && message.equals(other.message);
        }

        Condition condition() {
            return new ConditionBuilder().withType("Connected").withStatus(connected ? "True" : "False")
                    .withReason(reason).withMessage(message).withLastTransitionTime(since).build();
        }
    }

    /// The client's identity needs patch on `eventsources/status`.
    ConnectedConditions(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    /// Remembers how a source fares, and its clusters by name, and has it written soon.
    void say(SourceId source, SourceHealth health, Map<String, SourceHealth> clusters) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var before = wanted.get(source.name());
        var told = new TreeMap<String, Told>();
        clusters.forEach((name, one) -> told.put(name,
                Told.of(one, before == null ? null : before.clusters.get(name), now)));
        var next = new Said(source.uid(), Told.of(health, before == null ? null : before.whole, now), told);
        if (before != null && before.saysTheSameAs(next)) {
            return;
        }
        if (before == null || before.whole.connected != next.whole.connected) {
            LOG.atLevel(next.whole.connected ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.WARN)
                    .addKeyValue("source", source.name()).addKeyValue("why", next.whole.message)
                    .log(next.whole.connected ? "EventSource is connected" : "EventSource is not connected");
        }
        wanted.put(source.name(), next);
        changed.add(source.name());
    }

    /// Forgets all but those: they are not run here any more.
    void retain(Set<ObjectName> names) {
        wanted.keySet().retainAll(names);
        written.keySet().retainAll(names);
    }

    private void run() {
        try {
            while (true) {
                var name = changed.take();
                var said = wanted.get(name);
                var before = written.get(name);
                if (said != null && (before == null || !before.saysTheSameAs(said))) {
                    write(name, said);
                    TimeUnit.NANOSECONDS.sleep(BETWEEN_WRITES.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(ObjectName name, Said said) {
        var status = new LinkedHashMap<String, Object>();
        status.put("conditions", List.of(said.whole.condition()));
        if (!said.clusters.isEmpty()) {
            status.put("clusters", said.clusters.entrySet().stream().map(entry -> {
                var told = entry.getValue();
                return new SourceClusterStatus(entry.getKey(), told.connected, told.reason, told.message, told.since);
            }).toList());
        }
        var body = client.getKubernetesSerialization().asJson(Map.of("apiVersion", Bellhop.API_VERSION, "kind",
                "EventSource", "metadata", Map.of("namespace", name.namespace(), "name", name.name(), "uid", said.uid),
                "status", status));
        var named = new GenericKubernetesResourceBuilder().withApiVersion(Bellhop.API_VERSION).withKind("EventSource")
                .withNewMetadata().withNamespace(name.namespace()).withName(name.name()).endMetadata().build();
        try {
            client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(EventSource.class))
                    .resource(named).subresource("status").patch(APPLY, body);
            written.put(name, said);
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404 || e.getCode() == 409) {
                // Deleted, or written anew: the next run says it of the new one.
                return;
            }
            LOG.atWarn().addKeyValue("source", name).addKeyValue("error", e.toString())
                    .log("The condition of an EventSource could not be written; trying again");
            Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(BEFORE_RETRY);
                    changed.add(name);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
