package dev.bellhop.bench.stage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.apiserver.EmbeddedApiServer;
import dev.bellhop.apiserver.EnvtestApiServer;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.jspecify.annotations.Nullable;

/// An API server of its own with what `config/` ships and the objects of the benchmarks, and a folder for the listener's files.
/// All of it is gone when it is closed.
public final class Stage implements AutoCloseable {
    /// Path of the EventListener whose only Trigger filters every push.
    public static final String FILTERED = "/listeners/bench/filtered/";
    /// Path of the EventListener whose only Trigger makes a ConfigMap of every push.
    public static final String CREATED = "/listeners/bench/created/";
    /// Where those ConfigMaps are made.
    public static final String CREATED_NAMESPACE = "bench-created";
    /// Where ConfigMaps are made without Bellhop.
    public static final String RAW_NAMESPACE = "bench-raw";

    private static final String SYSTEM_NAMESPACE = "bellhop-system";
    private static final long PAGE = 1_000;

    private final Path root;
    private final Path folder;
    private final ApiServer server;
    private final KubernetesClient admin;
    private final Path kubeconfig;

    /// Which API server to play on.
    public enum Cluster {
        /// A real one when `KUBEBUILDER_ASSETS` names one, else the embedded one.
        any,
        /// kube-apiserver and etcd from `KUBEBUILDER_ASSETS`.
        envtest,
        /// The one in memory.
        embedded
    }

    private Stage(Path root, Path folder, ApiServer server, KubernetesClient admin, Path kubeconfig) {
        this.root = root;
        this.folder = folder;
        this.server = server;
        this.admin = admin;
        this.kubeconfig = kubeconfig;
    }

    /// Starts the API server, and applies everything to it.
    public static Stage open(Cluster cluster) throws IOException {
        var root = Path.of(Objects.requireNonNull(System.getProperty("bellhop.root"), "run benchmarks with bench/run"));
        var folder = Files.createTempDirectory("bellhop-bench");
        var server = switch (cluster) {
            case embedded -> EmbeddedApiServer.start(0);
            case envtest -> envtest(folder);
            case any -> EnvtestApiServer.assets().isPresent() ? envtest(folder) : EmbeddedApiServer.start(0);
        };
        var config = Config.fromKubeconfig(server.kubeconfig());
        var admin = new KubernetesClientBuilder().withConfig(config).build();
        apply(admin, root.resolve("config/default/namespace.yaml"));
        for (var kind : List.of("eventlisteners", "triggers", "triggerbindings", "clustertriggerbindings",
                "triggertemplates", "eventsources")) {
            apply(admin, root.resolve("config/crd/" + kind + ".yaml"));
            admin.apiextensions().v1().customResourceDefinitions().withName(kind + ".bellhop.dev")
                    .waitUntilCondition(Stage::isServed, 30, TimeUnit.SECONDS);
        }
        apply(admin, root.resolve("config/rbac/listener.yaml"));
        try (var objects = Objects.requireNonNull(Stage.class.getResourceAsStream("objects.yaml"))) {
            admin.load(objects).items().forEach(object -> admin.resource(object).create());
        }
        var kubeconfig = folder.resolve("listener.kubeconfig");
        Files.writeString(kubeconfig, server.kubeconfig().replace(config.getAutoOAuthToken(), listenerToken(admin)));
        return new Stage(root, folder, server, admin, kubeconfig);
    }

    private static ApiServer envtest(Path folder) {
        return EnvtestApiServer.start(EnvtestApiServer.assets().orElseThrow(() -> new IllegalArgumentException(
                "--cluster envtest needs kube-apiserver and etcd: set KUBEBUILDER_ASSETS to the folder that holds them")),
                folder.resolve("envtest"), 0);
    }

    private static boolean isServed(@Nullable CustomResourceDefinition crd) {
        return crd != null && crd.getStatus() != null && crd.getStatus().getConditions() != null && crd.getStatus()
                .getConditions().stream()
                .anyMatch(
                        condition -> condition.getType().equals("Established") && condition.getStatus().equals("True"));
    }

    private static void apply(KubernetesClient admin, Path file) throws IOException {
        try (var yaml = Files.newInputStream(file)) {
            admin.load(yaml).items().forEach(object -> admin.resource(object).serverSideApply());
        }
    }

    /// Not an administrator's: what is measured includes the API server's checks of the listener's rights.
    private static String listenerToken(KubernetesClient admin) {
        return admin.serviceAccounts().inNamespace(SYSTEM_NAMESPACE).withName("bellhop-listener")
                .tokenRequest(new TokenRequestBuilder().withNewSpec().withExpirationSeconds(TimeUnit.DAYS.toSeconds(1))
                        .endSpec().build())
                .getStatus().getToken();
    }

    /// Which API server it is, and what to think of numbers from it.
    public String remark() {
        return switch (server) {
            case EmbeddedApiServer _ ->
                "the EMBEDDED API server, in memory and in the process of the benchmark: numbers of creates say little; "
                        + "set KUBEBUILDER_ASSETS to measure on a real one";
            default -> "a real kube-apiserver and etcd (" + server.name() + ")";
        };
    }

    /// Starts a listener that keeps its journal in `journal`, a name; the same name is the same journal.
    public ListenerProcess listener(String journal) throws IOException {
        return ListenerProcess.start(root, kubeconfig, List.of("--data-dir", folder.resolve(journal).toString()),
                folder.resolve(journal + ".log"), freePort(), freePort());
    }

    /// Starts a listener, called `name` and for events at `port`, that keeps its journal in a database: its URL, to which the
    /// user is `bellhop` and needs no password. `options` are the listener's further ones.
    public ListenerProcess listenerSharing(String database, String name, int port, String... options)
            throws IOException {
        var all = new ArrayList<>(List.of("--journal", database + "?user=bellhop"));
        all.addAll(List.of(options));
        return ListenerProcess.start(root, kubeconfig, all, folder.resolve(name + ".log"), port, freePort());
    }

    /// An administrator's way in.
    public KubernetesClient admin() {
        return admin;
    }

    /// A file of this stage's.
    public Path file(String name) {
        return folder.resolve(name);
    }

    /// A file of the checkout's.
    public Path source(String name) {
        return root.resolve(name);
    }

    /// All ConfigMaps that stand in `namespace`.
    public List<ConfigMap> configMaps(String namespace) {
        var all = new ArrayList<ConfigMap>();
        var next = "";
        do {
            var page = admin.configMaps().inNamespace(namespace)
                    .list(new ListOptionsBuilder().withLimit(PAGE).withContinue(next.isEmpty() ? null : next).build());
            all.addAll(page.getItems());
            next = Objects.requireNonNullElse(page.getMetadata().getContinue(), "");
        } while (!next.isEmpty());
        return all;
    }

    /// How many ConfigMaps there are of each push's ID in `namespace`.
    public Map<String, Long> created(String namespace) {
        return configMaps(namespace).stream()
                .filter(map -> map.getData() != null && map.getData().containsKey("id"))
                .collect(Collectors.groupingBy(map -> map.getData().get("id"), Collectors.counting()));
    }

    /// Creates the objects of a YAML text.
    public void create(String yaml) {
        admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items()
                .forEach(object -> admin.resource(object).create());
    }

    /// The API server, if it is a real one that can be stopped and started.
    public Optional<EnvtestApiServer> realServer() {
        return server instanceof EnvtestApiServer real ? Optional.of(real) : Optional.empty();
    }

    /// A port that nobody listens on.
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        admin.close();
        server.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("removing " + folder, e);
        }
    }
}
