package dev.bellhop.controller.expose;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.cluster.TokenBucket;
import dev.bellhop.controller.expose.MadeObject.ObjectKey;
import dev.bellhop.controller.expose.ObjectClient.Had;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the objects that expose something to what is wanted: makes what is missing, mends what differs, deletes what nobody
/// wants any more, and touches nothing that it did not make. It looks at all of it again every 30 s, because the controller
/// does not watch these kinds; as long as nothing is exposed, only when it begins to lead.
public final class ExposureWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExposureWriter.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    private final Semaphore dirty = new Semaphore(0);
    private final ObjectClient client;
    private final Backend backend;
    private final TokenBucket rate;
    private final BooleanSupplier mayWrite;
    private final Runnable onChange;
    private final Clock clock;
    private final Thread thread = Thread.ofVirtual().name("exposure writer").unstarted(this::run);
    /// Used by the thread alone: what is in the cluster and ours, and which kinds could not be listed, and why.
    private final Map<ObjectKey, Had> known = new HashMap<>();
    private final Map<MadeKind, String> closedTo = new EnumMap<>(MadeKind.class);
    private long listedAt;
    private boolean listed;
    private volatile @Nullable Wanted wanted;
    private volatile Map<String, Placement> placements = Map.of();
    private volatile boolean closed;

    /// What is to be exposed.
    ///
    /// @param untouched uids of those who cannot be read: what was made for them stays as it is
    public record Wanted(List<Exposer> exposers, Set<String> untouched) {}

    /// Writes to `client` while `mayWrite`, as often as `rate` allows, and calls `onChange`, which must not block, when a
    /// placement has changed.
    public ExposureWriter(KubernetesClient client, Backend backend, TokenBucket rate, BooleanSupplier mayWrite,
            Runnable onChange, Clock clock) {
        this.client = new ObjectClient(client);
        this.backend = backend;
        this.rate = rate;
        this.mayWrite = mayWrite;
        this.onChange = onChange;
        this.clock = clock;
    }

    /// Starts to write.
    public void start() {
        thread.start();
    }

    /// Wants this, and nothing else, to be exposed. Returns at once.
    public void want(Wanted next) {
        if (!next.equals(wanted)) {
            wanted = next;
            dirty.release();
        }
    }

    /// Wants nothing: another controller leads.
    public void rest() {
        wanted = null;
        dirty.release();
    }

    /// Whether what leads to the object of this uid is in place. Answers from memory.
    public Placement of(String uid) {
        return placements.getOrDefault(uid, new Placement.Pending());
    }

    /// Ends when the write that is under way has ended, at most 2 s later.
    @Override
    public void close() {
        closed = true;
        dirty.release();
        try {
            if (thread.isAlive() && !thread.join(CLOSE_WAIT)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var wait = LOOK_EVERY;
        try {
            while (!closed) {
                if (dirty.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    dirty.drainPermits();
                }
                wait = LOOK_EVERY;
                var now = wanted;
                if (now == null || !mayWrite.getAsBoolean()) {
                    listed = false;
                    placements = Map.of();
                } else if (!closed) {
                    wait = round(now);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Brings everything to what is wanted now; the result is when to look again.
    private Duration round(Wanted now) throws InterruptedException {
        try {
            var blueprint = Blueprint.of(now.exposers(), backend);
            if (!listed || (isLong() && !(known.isEmpty() && blueprint.objects().isEmpty()))) {
                list();
            }
            var outcome = new HashMap<String, Placement>();
            now.exposers().forEach(exposer -> outcome.put(exposer.uid(), new Placement.InPlace()));
            blueprint.impossible().forEach((uid, why) -> outcome.put(uid, new Placement.Failed(why)));
            var present = now.exposers().stream().map(Exposer::uid).collect(Collectors.toSet());
            for (var object : blueprint.objects().values()) {
                if (bring(object, present) instanceof Placement.Failed failed) {
                    object.serves().forEach(uid -> outcome.put(uid, failed));
                }
            }
            for (var had : new ArrayList<>(known.values())) {
                if (!blueprint.objects().containsKey(had.key()) && isFree(had, now.untouched())) {
                    delete(had);
                }
            }
            tell(outcome);
            return outcome.values().stream().anyMatch(Placement.Failed.class::isInstance) ? RETRY : LOOK_EVERY;
        } catch (KubernetesClientException e) {
            LOG.atWarn().addKeyValue("error", e.toString()).log("Exposing failed; trying again");
            return RETRY;
        }
    }

    private void tell(Map<String, Placement> outcome) {
        if (!outcome.equals(placements)) {
            placements = Map.copyOf(outcome);
            onChange.run();
        }
    }

    private boolean isLong() {
        return System.nanoTime() - listedAt >= LOOK_EVERY.toNanos();
    }

    private void list() {
        known.clear();
        closedTo.clear();
        for (var kind : MadeKind.values()) {
            try {
                listed(kind).stream().filter(ExposureWriter::isOurs).forEach(had -> known.put(had.key(), had));
            } catch (KubernetesClientException e) {
                if (e.getCode() != 403 && e.getCode() != 404) {
                    throw e;
                }
                closedTo.put(kind, why(kind, e));
            }
        }
        listed = true;
        listedAt = System.nanoTime();
    }

    private List<Had> listed(MadeKind kind) {
        if (kind != MadeKind.REFERENCE_GRANT) {
            return client.list(kind, null);
        }
        return backend.service().map(service -> client.list(kind, service.namespace())).orElse(List.of());
    }

    private Placement bring(MadeObject object, Set<String> present) throws InterruptedException {
        var key = object.key();
        var closedWhy = closedTo.get(key.kind());
        if (closedWhy != null) {
            return new Placement.Failed(closedWhy);
        }
        try {
            var had = Optional.ofNullable(known.get(key)).or(() -> client.get(key));
            if (had.isPresent() && !(isOurs(had.get()) && isFor(object, had.get(), present))) {
                return new Placement.Failed("spec.expose: " + key + " is there already and was not made for this: "
                        + "rename one of them, or delete it");
            }
            if (had.isPresent() && object.isFulfilledBy(had.get().json())) {
                known.put(key, had.get());
                return new Placement.InPlace();
            }
            Thread.sleep(rate.take(clock.instant()));
            known.put(key, client.apply(object, had));
            LOG.atInfo().addKeyValue("object", key).log(had.isPresent() ? "Changed" : "Made, to expose a Trigger");
            return new Placement.InPlace();
        } catch (KubernetesClientException e) {
            // It may have been deleted or made by somebody meanwhile: look again before the next try.
            known.remove(key);
            LOG.atWarn().addKeyValue("object", key).addKeyValue("error", e.toString())
                    .log("Writing what exposes a Trigger failed; trying again");
            return new Placement.Failed(e.getCode() == 403 || e.getCode() == 404
                    ? why(key.kind(), e)
                    : "spec.expose: " + key + " could not be written: " + message(e));
        }
    }

    private void delete(Had had) throws InterruptedException {
        Thread.sleep(rate.take(clock.instant()));
        known.remove(had.key());
        try {
            client.delete(had);
            LOG.atInfo().addKeyValue("object", had.key()).log("Deleted: nobody is exposed by it any more");
        } catch (KubernetesClientException e) {
            // Somebody changed it, or was quicker: the next look shows.
            listed = false;
            if (e.getCode() != 404 && e.getCode() != 409) {
                LOG.atWarn().addKeyValue("object", had.key()).addKeyValue("error", e.toString())
                        .log("Deleting what exposed a Trigger failed; trying again");
            }
        }
    }

    private static String why(MadeKind kind, KubernetesClientException e) {
        return "spec.expose: " + (e.getCode() == 404
                ? "this cluster has no kind " + kind.kindName() + " in " + kind.apiVersion()
                        + ": install it, or use another way"
                : "the controller may not write the kind " + kind.kindName() + ": " + message(e));
    }

    private static String message(KubernetesClientException e) {
        return e.getStatus() != null && e.getStatus().getMessage() != null
                ? e.getStatus().getMessage()
                : String.valueOf(e.getMessage());
    }

    /// Whether we made it. Who only copies our labels does not say that one of our objects owns it.
    private static boolean isOurs(Had had) {
        return had.json().at("/metadata/labels/app.kubernetes.io~1managed-by").asText().equals(Blueprint.US)
                && (had.key().kind() == MadeKind.REFERENCE_GRANT || owners(had).stream()
                        .anyMatch(owner -> owner.path("apiVersion").asText().startsWith(Bellhop.GROUP + "/")));
    }

    /// Whether it is for those who are to be exposed by `object`, and not for another who is exposed as well. A stand-in for
    /// the listener is for all.
    private static boolean isFor(MadeObject object, Had had, Set<String> present) {
        return had.key().kind() == MadeKind.SERVICE || had.key().kind() == MadeKind.REFERENCE_GRANT
                || owners(had).stream().map(owner -> owner.path("uid").asText())
                        .noneMatch(uid -> present.contains(uid) && !object.serves().contains(uid));
    }

    /// Whether none of those who cannot be read may need it.
    private static boolean isFree(Had had, Set<String> untouched) {
        return had.key().kind() == MadeKind.REFERENCE_GRANT
                ? untouched.isEmpty()
                : owners(had).stream().noneMatch(owner -> untouched.contains(owner.path("uid").asText()));
    }

    private static List<JsonNode> owners(Had had) {
        return had.json().at("/metadata/ownerReferences").valueStream().toList();
    }
}
