package dev.bellhop.bench.noisy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.bellhop.bench.send.Latencies;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import org.jspecify.annotations.Nullable;

/// When each push's ConfigMap came into being, as one who watches the namespace sees it.
final class Arrivals implements AutoCloseable {
    private final Map<String, Long> at = new ConcurrentHashMap<>();
    private final Watch watch;
    private volatile @Nullable WatcherException failure;

    Arrivals(KubernetesClient client, String namespace) {
        watch = client.configMaps().inNamespace(namespace).watch(new Watcher<ConfigMap>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                if (action == Action.ADDED && map.getData() != null && map.getData().containsKey("id")) {
                    at.putIfAbsent(map.getData().get("id"), System.nanoTime());
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                failure = cause;
            }
        });
    }

    /// How many of these have come.
    int count(Map<String, Long> dueAt) {
        return (int) dueAt.keySet().stream().filter(at::containsKey).count();
    }

    /// How long it took from when each was due to be sent; of those that came.
    Latencies since(Map<String, Long> dueAt) {
        var wrong = failure;
        if (wrong != null) {
            throw new IllegalStateException("watching the ConfigMaps ended", wrong);
        }
        return Latencies.of(dueAt.entrySet().stream().filter(entry -> at.containsKey(entry.getKey()))
                .map(entry -> at.getOrDefault(entry.getKey(), 0L) - entry.getValue()).toList());
    }

    @Override
    public void close() {
        watch.close();
    }
}
