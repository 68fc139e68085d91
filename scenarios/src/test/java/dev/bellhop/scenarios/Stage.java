package dev.bellhop.scenarios;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.api.ObjectName;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import dev.bellhop.controller.Controller;
import dev.bellhop.controller.ControllerSettings;
import dev.bellhop.listener.Listener;
import dev.bellhop.listener.ListenerSettings;
import dev.bellhop.listener.admin.HiddenFields;
import dev.bellhop.listener.http.Limits;
import dev.bellhop.listener.record.Happening;
import dev.bellhop.listener.source.KnownSources;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;

/// A cluster as an admin has installed it: listener and controller with the rights that are shipped, brokers, somebody outside.
final class Stage implements AutoCloseable {
    private static final ObjectName LEASE = new ObjectName(InstalledCluster.SYSTEM, "bellhop-listener");

    private static final JsonMapper JSON = new JsonMapper();

    private final InstalledCluster cluster;
    private final Path data;
    private final Outside outside;
    private final Brokers brokers = new Brokers();
    private final String serverName;
    private @Nullable Remote remote;
    private final KubernetesClient asController;
    private final Controller controller;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Happening> happenings = new CopyOnWriteArrayList<>();
    private @Nullable Listener listener;
    private @Nullable KubernetesClient asListener;

    Stage(ApiServer server, Path data) throws IOException {
        this.data = data;
        serverName = server.name();
        cluster = new InstalledCluster(server);
        outside = new Outside();
        start();
        asController = cluster.shipped("bellhop-controller");
        controller = new Controller(asController,
                new ControllerSettings("http://bellhop-listener.bellhop-system.svc.cluster.local",
                        InstalledCluster.SYSTEM,
                        "scenarios-" + UUID.randomUUID()),
                KnownSources.of(asController), new SimpleMeterRegistry(), Clock.systemUTC());
        var _ = controller.start();
    }

    /// Starts the listener, on what it has on disk.
    void start() throws IOException {
        asListener = cluster.shipped("bellhop-listener");
        var urls = outside.urls();
        listener = new Listener(asListener, new ListenerSettings(0, 0, Optional.empty(), data, Limits.DEFAULT, 8, false,
                urls, urls, HiddenFields.BY_NAME, "scenarios", Optional.empty(), Optional.of(LEASE), Optional.empty(),
                false),
                Clock.systemUTC());
        listener.watch(happenings::add);
        listener.start();
    }

    void stop() {
        if (listener != null) {
            listener.close();
            listener = null;
        }
        if (asListener != null) {
            asListener.close();
        }
    }

    private Listener running() {
        if (listener == null) {
            throw new IllegalStateException("the listener was stopped: a step 'start' is missing");
        }
        return listener;
    }

    KubernetesClient admin() {
        return cluster.admin();
    }

    /// Which API server this is: `embedded`, `envtest` or `k3s`.
    String serverName() {
        return serverName;
    }

    /// The other cluster, started when a scenario first asks for it.
    synchronized Remote remote() {
        if (remote == null) {
            remote = new Remote();
        }
        return remote;
    }

    Outside outside() {
        return outside;
    }

    Brokers brokers() {
        return brokers;
    }

    /// What happened in a namespace so far.
    List<Happening> happenings(String namespace) {
        return happenings.stream().filter(one -> one.trigger().namespace().equals(namespace)).toList();
    }

    /// Sends a request to the listener's `path`.
    HttpResponse<String> send(String path, HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.uri(URI.create("http://127.0.0.1:" + running().port() + path)).build(),
                BodyHandlers.ofString());
    }

    /// The listener's metrics, in the text format of Prometheus.
    String metrics() throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running().adminPort() + "/metrics"))
                .build(), BodyHandlers.ofString()).body();
    }

    /// What `bellhop deliveries` shows of a namespace, to somebody who may list its Triggers.
    List<JsonNode> history(String namespace) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running().adminPort()
                + "/api/v1/deliveries?limit=1000&namespace=" + namespace))
                .header("Authorization", "Bearer " + cluster.token(InstalledCluster.SYSTEM, "bellhop-controller"))
                .build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body()).required("items").valueStream()
                .toList();
    }

    private synchronized void closeRemote() {
        if (remote != null) {
            remote.close();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        controller.close();
        asController.close();
        brokers.close();
        closeRemote();
        outside.close();
        http.close();
        cluster.close();
    }
}
