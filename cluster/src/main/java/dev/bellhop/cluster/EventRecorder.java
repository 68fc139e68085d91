package dev.bellhop.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.bellhop.cluster.EventAggregator.Recount;
import dev.bellhop.cluster.EventAggregator.Series;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells what happened to an object by Kubernetes Events (events.k8s.io/v1) in its namespace. Recording never blocks: Events
/// are written by one thread of the recorder's, repeated ones are counted in one Event, and what exceeds the rate of an
/// object (25 at once, then 3 a minute) or the queue is dropped and counted. Events are a courtesy, not a record.
public final class EventRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final int MAX_WAITING = 1_000;
    private static final int MAX_SERIES = 10_000;
    private static final int MAX_NOTE_BYTES = 1024;
    private static final int MAX_INSTANCE_LENGTH = 128;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
            .withZone(ZoneOffset.UTC);

    private final EventAggregator aggregator = new EventAggregator(MAX_SERIES);
    private final BlockingQueue<Series> fresh = new ArrayBlockingQueue<>(MAX_WAITING);
    private final KubernetesClient client;
    private final String reportingController;
    private final String reportingInstance;
    private final Clock clock;
    private final Thread writer;
    private volatile boolean closed;

    /// The client's identity needs `create` and `patch` on `events` of `events.k8s.io`.
    ///
    /// @param reportingController which program tells, such as `bellhop.dev/controller`
    /// @param reportingInstance   which process of it, such as the name of its Pod
    public EventRecorder(KubernetesClient client, String reportingController, String reportingInstance, Clock clock) {
        this.client = client;
        this.reportingController = reportingController;
        this.reportingInstance = reportingInstance.substring(0,
                Math.min(reportingInstance.length(), MAX_INSTANCE_LENGTH));
        this.clock = clock;
        writer = Thread.ofVirtual().name("event recorder").unstarted(this::write);
    }

    /// Starts to write. What was recorded before is written then.
    public void start() {
        writer.start();
    }

    /// Records an occurrence. Returns at once.
    public void record(Regarding regarding, Occurrence occurrence) {
        aggregator.add(regarding, occurrence, clock.instant()).ifPresent(series -> {
            if (!fresh.offer(series)) {
                aggregator.forget(series);
            }
        });
    }

    /// How many occurrences no Event tells of, because there were too many or the API server refused.
    public long dropped() {
        return aggregator.dropped();
    }

    /// Writes what is waiting, for at most 2 s, and ends.
    @Override
    public void close() {
        closed = true;
        try {
            if (writer.isAlive() && !writer.join(CLOSE_WAIT)) {
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            writer.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            var nextLook = Instant.MIN;
            while (!closed || !fresh.isEmpty()) {
                var series = fresh.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (series != null) {
                    create(series);
                }
                var now = clock.instant();
                if (!now.isBefore(nextLook)) {
                    aggregator.due(now).forEach(this::patch);
                    nextLook = now.plus(LOOK_EVERY);
                }
            }
            aggregator.last(clock.instant()).forEach(this::patch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void create(Series series) {
        try {
            client.events().v1().events().resource(event(series)).create();
            aggregator.created(series);
        } catch (KubernetesClientException e) {
            aggregator.forget(series);
            log("Creating", series, e);
        }
    }

    private void patch(Recount recount) {
        var series = recount.series();
        var patch = "{\"series\":{\"count\":%d,\"lastObservedTime\":\"%s\"}}".formatted(recount.count(),
                MICROS.format(recount.lastAt()));
        // Only named: a client that looked the Event up would have to read it first, and has no right to.
        var named = new EventBuilder().withNewMetadata().withNamespace(namespace(series)).withName(series.eventName)
                .endMetadata().build();
        try {
            client.events().v1().events().resource(named).patch(MERGE, patch);
        } catch (KubernetesClientException e) {
            // Also when the Event has been deleted by its time to live: the next occurrence then creates another.
            aggregator.forget(series);
            log("Counting on", series, e);
        }
    }

    private Event event(Series series) {
        var regarding = series.regarding;
        var occurrence = series.occurrence;
        return new EventBuilder()
                .withNewMetadata().withNamespace(namespace(series)).withName(series.eventName).endMetadata()
                .withNewRegarding()
                .withApiVersion(regarding.apiVersion()).withKind(regarding.kind()).withUid(regarding.uid())
                .withNamespace(regarding.name().namespace().isEmpty() ? null : regarding.name().namespace())
                .withName(regarding.name().name())
                .endRegarding()
                .withType(occurrence.type().name())
                .withReason(occurrence.reason())
                .withAction(occurrence.action())
                .withNote(cut(occurrence.note()))
                .withEventTime(new MicroTime(MICROS.format(series.firstAt)))
                .withReportingController(reportingController)
                .withReportingInstance(reportingInstance)
                .build();
    }

    /// The API server wants Events about cluster-scoped objects in `default`.
    private static String namespace(Series series) {
        var namespace = series.regarding.name().namespace();
        return namespace.isEmpty() ? "default" : namespace;
    }

    /// The API server refuses notes that are longer, and counts bytes.
    static String cut(String note) {
        if (note.getBytes(StandardCharsets.UTF_8).length <= MAX_NOTE_BYTES) {
            return note;
        }
        var cut = new StringBuilder();
        int bytes = "…".getBytes(StandardCharsets.UTF_8).length;
        for (int codePoint : note.codePoints().toArray()) {
            bytes += Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_NOTE_BYTES) {
                break;
            }
            cut.appendCodePoint(codePoint);
        }
        return cut.append('…').toString();
    }

    private static void log(String what, Series series, KubernetesClientException e) {
        LOG.atWarn().addKeyValue("object", series.regarding.name()).addKeyValue("reason", series.occurrence.reason())
                .addKeyValue("error", e.toString()).log("{} a Kubernetes Event failed; it is left out", what);
    }
}
