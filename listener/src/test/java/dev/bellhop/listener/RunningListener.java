package dev.bellhop.listener;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.bellhop.api.ObjectName;
import dev.bellhop.listener.admin.HiddenFields;
import dev.bellhop.listener.http.Limits;
import dev.bellhop.listener.record.Ending;
import dev.bellhop.listener.record.Happening;
import io.fabric8.kubernetes.client.KubernetesClient;

/// A listener of a test: every EventListener, on free ports, and a list of what happened.
final class RunningListener implements AutoCloseable {
    private final KubernetesClient client;
    private final Listener listener;
    private final List<Happening> happenings = new CopyOnWriteArrayList<>();
    private boolean closed;

    /// Starts one; `client` is the listener's from now on.
    static RunningListener start(KubernetesClient client, Path dataDirectory, Limits limits) throws IOException {
        return new RunningListener(client,
                new ListenerSettings(0, 0, Optional.empty(), dataDirectory, limits, 8, false,
                        List.of("http://127.0.0.1"), HiddenFields.at(List.of("/body/private/*")), "test"));
    }

    static RunningListener start(KubernetesClient client, Path dataDirectory) throws IOException {
        return start(client, dataDirectory, Limits.DEFAULT);
    }

    /// Starts one whose actions may send to URLs that begin so.
    static RunningListener startAllowing(List<String> actionUrls, KubernetesClient client, Path dataDirectory)
            throws IOException {
        return new RunningListener(client,
                new ListenerSettings(0, 0, Optional.empty(), dataDirectory, Limits.DEFAULT, 8, false,
                        List.of("http://127.0.0.1"), actionUrls, HiddenFields.BY_NAME, "test", Optional.empty(),
                        Optional.empty(), Optional.empty(), false));
    }

    /// Starts one that serves the one EventListener at the root.
    static RunningListener startOnly(ObjectName only, KubernetesClient client, Path dataDirectory) throws IOException {
        return new RunningListener(client,
                new ListenerSettings(0, 0, Optional.of(only), dataDirectory, Limits.DEFAULT, 8, false,
                        List.of("http://127.0.0.1"), HiddenFields.at(List.of("/body/private/*")), "test"));
    }

    private RunningListener(KubernetesClient client, ListenerSettings settings) throws IOException {
        this.client = client;
        listener = new Listener(client, settings.withSources(new ObjectName("bellhop-system", "bellhop-listener")),
                Clock.systemUTC());
        listener.watch(happenings::add);
        listener.start();
    }

    int port() {
        return listener.port();
    }

    String url() {
        return "http://127.0.0.1:" + listener.port();
    }

    String adminUrl() {
        return "http://127.0.0.1:" + listener.adminPort();
    }

    /// Where the EventListener's Triggers are reached.
    String url(String namespace, String eventListener) {
        return url() + Directory.PREFIX + namespace + "/" + eventListener;
    }

    /// Whether a Trigger is served, by any EventListener.
    boolean serves(String namespace, String trigger) {
        var name = new ObjectName(namespace, trigger);
        return listener.catalog().listeners().values().stream()
                .anyMatch(served -> served.index().find(name).isPresent());
    }

    /// What happened to the Triggers of a namespace, in order.
    List<Ending> endings(String namespace) {
        return happenings.stream().filter(happening -> happening.trigger().namespace().equals(namespace))
                .map(Happening::ending).toList();
    }

    /// What happened to one event.
    List<Ending> endingsOf(String eventId) {
        return happenings.stream().filter(happening -> happening.eventId().value().equals(eventId))
                .map(Happening::ending).toList();
    }

    /// Says that it is not ready, and returns so much later.
    void leave(Duration delay) {
        listener.leave(delay);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        listener.close();
        client.close();
    }
}
