package dev.bellhop.cluster;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.EventListener;
import dev.bellhop.api.EventSource;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.Trigger;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerTemplate;
import dev.bellhop.engine.catalog.Objects;
import dev.bellhop.engine.catalog.Stored;
import dev.bellhop.engine.catalog.StoredNamespace;
import dev.bellhop.engine.expose.AllowedHosts;
import dev.bellhop.engine.policy.LimitAnnotations;
import dev.bellhop.engine.policy.Retention;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows our objects in the cluster and hands out a new [Objects] whenever they change. Changes that come in a burst, such
/// as those of one `kubectl apply`, are handed out together. While the API server is away the last known objects stay.
public final class Mirror implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
    /// How long a burst may go on before it is handed out: small beside the 2 s within which changes must be served.
    private static final Duration BURST = Duration.ofMillis(25);
    /// In a large cluster a burst goes on for as long as handing it out takes, so that this costs half a core at most.
    private static final Duration LONGEST_BURST = Duration.ofMillis(500);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final Semaphore dirty = new Semaphore(0);
    private final CompletableFuture<Void> synced = new CompletableFuture<>();
    private final Consumer<Objects> onChange;
    private final Shelf<EventListener> listeners;
    private final Shelf<Trigger> triggers;
    private final Shelf<TriggerBinding> bindings;
    private final Shelf<ClusterTriggerBinding> clusterBindings;
    private final Shelf<TriggerTemplate> templates;
    private final Shelf<EventSource> sources;
    private final Map<String, StoredNamespace> namespaces = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Namespace> namespaceInformer;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private final Thread publisher;
    private volatile boolean closed;

    /// `onChange` is called on one thread of the mirror's, never twice at once; it may take its time. The client's identity
    /// needs get, list and watch on our kinds and on Namespaces.
    public Mirror(KubernetesClient client, Consumer<Objects> onChange) {
        this.onChange = onChange;
        listeners = new Shelf<>(client, EventListener.class, dirty::release);
        triggers = new Shelf<>(client, Trigger.class, dirty::release);
        bindings = new Shelf<>(client, TriggerBinding.class, dirty::release);
        clusterBindings = new Shelf<>(client, ClusterTriggerBinding.class, dirty::release);
        templates = new Shelf<>(client, TriggerTemplate.class, dirty::release);
        sources = new Shelf<>(client, EventSource.class, dirty::release);
        namespaceInformer = client.namespaces().runnableInformer(0);
        publisher = Thread.ofPlatform().name("mirror").daemon().unstarted(this::publish);
    }

    /// Starts to follow. The result completes when the first complete [Objects] has been handed out.
    public CompletableFuture<Void> start() {
        namespaceInformer.addEventHandler(new Namespaces());
        informers.addAll(List.of(listeners.informer(), triggers.informer(), bindings.informer(),
                clusterBindings.informer(), templates.informer(), sources.informer(), namespaceInformer));
        for (var informer : informers) {
            // An informer that gives up would freeze what is served; this one tries for ever.
            informer.exceptionHandler((_, e) -> {
                LOG.atWarn().addKeyValue("resource", informer.getApiTypeClass().getSimpleName())
                        .addKeyValue("error", e.toString())
                        .log("Following the cluster's objects failed; trying again");
                return !closed;
            });
            informer.start();
        }
        publisher.start();
        return synced.copy();
    }

    private void publish() {
        try {
            while (!hasAll()) {
                boolean changed = dirty.tryAcquire(5, TimeUnit.MILLISECONDS);
                if (changed) {
                    dirty.drainPermits();
                }
            }
            while (!closed) {
                long start = System.nanoTime();
                try {
                    onChange.accept(now());
                } catch (RuntimeException e) {
                    LOG.atError().setCause(e).log("Taking over changed objects failed; the previous ones stay in use");
                }
                synced.complete(null);
                var took = Duration.ofNanos(System.nanoTime() - start);
                dirty.acquire();
                Thread.sleep(
                        took.compareTo(BURST) < 0 ? BURST : took.compareTo(LONGEST_BURST) < 0 ? took : LONGEST_BURST);
                dirty.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether everything that the cluster has is here. An informer has synced when it knows all objects; it hands them over
    /// later. Objects without all that they name would look broken.
    private boolean hasAll() {
        return informers.stream().allMatch(SharedIndexInformer::hasSynced)
                && Stream.of(listeners, triggers, bindings, clusterBindings, templates, sources).allMatch(Shelf::hasAll)
                && namespaces.size() >= namespaceInformer.getStore().listKeys().size();
    }

    private Objects now() {
        Map<String, Stored<ClusterTriggerBinding>> byName = new HashMap<>();
        clusterBindings.objects()
                .forEach((ObjectName name, Stored<ClusterTriggerBinding> stored) -> byName.put(name.name(), stored));
        return new Objects(listeners.objects(), triggers.objects(), bindings.objects(), byName, templates.objects(),
                sources.objects(), namespaces);
    }

    @Override
    public void close() {
        closed = true;
        informers.forEach(SharedIndexInformer::stop);
        publisher.interrupt();
        try {
            if (publisher.isAlive()) {
                publisher.join(CLOSE_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Namespaces implements ResourceEventHandler<Namespace> {
        @Override
        public void onAdd(Namespace namespace) {
            var now = stored(namespace.getMetadata());
            if (!now.equals(namespaces.put(namespace.getMetadata().getName(), now))) {
                dirty.release();
            }
        }

        /// Other annotations are left out: many change often, and each change would make a new catalog.
        private static StoredNamespace stored(ObjectMeta metadata) {
            var limits = new HashMap<>(requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of()));
            limits.keySet().removeIf(name -> !name.startsWith(LimitAnnotations.PREFIX)
                    && !name.startsWith(Retention.PREFIX) && !name.equals(AllowedHosts.ANNOTATION));
            return new StoredNamespace(requireNonNullElse(metadata.getLabels(), Map.of()), limits);
        }

        @Override
        public void onUpdate(Namespace before, Namespace namespace) {
            onAdd(namespace);
        }

        @Override
        public void onDelete(Namespace namespace, boolean stateUnknown) {
            namespaces.remove(namespace.getMetadata().getName());
            dirty.release();
        }
    }
}
