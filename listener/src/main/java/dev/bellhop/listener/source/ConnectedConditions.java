package dev.bellhop.listener.source;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.bellhop.api.Bellhop;
import dev.bellhop.api.EventSource;
import dev.bellhop.api.ObjectName;
import dev.bellhop.spi.source.SourceHealth;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the condition `Connected` of EventSources, by server-side apply, so that the controller's `Ready` beside it stays the
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

    /// What is true of a source, since when.
    private record Said(String uid, boolean connected, String reason, String message, String since) {
        boolean saysTheSameAs(Said other) {
            return uid.equals(other.uid) && connected == other.connected && reason.equals(other.reason)
                    && message.equals(other.message);
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

    /// Remembers how a source fares, and has it written soon.
    void say(SourceId source, SourceHealth health) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var next = switch (health) {
            case SourceHealth.Connected(var message) -> new Said(source.uid(), true, "Connected", message, now);
            case SourceHealth.Disconnected(var reason, var message) ->
                new Said(source.uid(), false, reason, message, now);
        };
        var before = wanted.get(source.name());
        if (before != null && before.saysTheSameAs(next)) {
            return;
        }
        if (before == null || before.connected != next.connected) {
            LOG.atLevel(next.connected ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.WARN)
                    .addKeyValue("source", source.name()).addKeyValue("why", next.message)
                    .log(next.connected ? "EventSource is connected" : "EventSource is not connected");
        }
        wanted.put(source.name(), before != null && before.connected == next.connected
                ? new Said(next.uid, next.connected, next.reason, next.message, before.since)
                : next);
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
        var condition = new ConditionBuilder().withType("Connected").withStatus(said.connected ? "True" : "False")
                .withReason(said.reason).withMessage(said.message).withLastTransitionTime(said.since).build();
        var body = client.getKubernetesSerialization().asJson(Map.of("apiVersion", Bellhop.API_VERSION, "kind",
                "EventSource", "metadata", Map.of("namespace", name.namespace(), "name", name.name(), "uid", said.uid),
                "status", Map.of("conditions", List.of(condition))));
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
