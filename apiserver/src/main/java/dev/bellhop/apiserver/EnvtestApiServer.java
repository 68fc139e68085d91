package dev.bellhop.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A real kube-apiserver on its own etcd, from a folder with both binaries in the layout of `KUBEBUILDER_ASSETS`. It has
/// no controllers: nothing makes Pods, collects garbage or ends the deletion of a namespace. Both processes end with
/// [#close] and with the JVM.
public final class EnvtestApiServer implements ApiServer {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI url;
    private final String kubeconfig;
    private final String token;
    private final List<String> command;
    /// etcd, and after it the API server when it runs.
    private final List<ServerProcess> processes;
    private final Thread endWithJvm;

    private EnvtestApiServer(URI url, String kubeconfig, String token, List<String> command,
            List<ServerProcess> processes) {
        this.url = url;
        this.kubeconfig = kubeconfig;
        this.token = token;
        this.command = command;
        this.processes = processes;
        this.endWithJvm = new Thread(() -> end(processes), "end envtest");
    }

    /// The folder that holds `etcd` and `kube-apiserver`: the environment variable or system property
    /// `KUBEBUILDER_ASSETS`, else the folder of `TEST_ASSET_KUBE_APISERVER` when `TEST_ASSET_ETCD` lies there too.
    public static Optional<Path> assets() {
        Optional<Path> folder = setting("KUBEBUILDER_ASSETS").map(Path::of);
        if (folder.isPresent()) {
            return folder.filter(EnvtestApiServer::holdsBoth);
        }
        return setting("TEST_ASSET_KUBE_APISERVER").flatMap(
                apiserver -> setting("TEST_ASSET_ETCD").filter(etcd -> !etcd.isBlank()).map(_ -> Path.of(apiserver)))
                .map(Path::toAbsolutePath).map(Path::getParent).filter(EnvtestApiServer::holdsBoth);
    }

    /// Starts both processes and returns when the API server is ready. `dataDir` is made when missing and keeps etcd's
    /// data and the server's keys, so a second start there finds the objects of the first. Port 0 takes a free one.
    ///
    /// @throws IllegalStateException when a process ends early or is not ready in a minute; the message has its output
    public static EnvtestApiServer start(Path assets, Path dataDir, int port) {
        var processes = new CopyOnWriteArrayList<ServerProcess>();
        try {
            Files.createDirectories(dataDir);
            String token = EnvtestFiles.token(dataDir);
            URI etcd = loopback("http", freePort());
            URI peer = loopback("http", freePort());
            processes.add(ServerProcess.start("etcd", etcdCommand(assets, dataDir, etcd, peer)));
            processes.getLast().awaitReady(etcd.resolve("/health"), Optional.empty(), PATIENCE);
            URI url = loopback("https", port == 0 ? freePort() : port);
            List<String> command = serverCommand(assets, dataDir, etcd, url);
            startServer(processes, command, url, token);
            String authority = Files.readString(dataDir.resolve("certs/apiserver.crt"));
            String kubeconfig = new Kubeconfig("envtest", url, "admin", token, Optional.of(authority)).yaml();
            var server = new EnvtestApiServer(url, kubeconfig, token, command, processes);
            Runtime.getRuntime().addShutdownHook(server.endWithJvm);
            return server;
        } catch (IOException e) {
            end(processes);
            throw new UncheckedIOException("Starting a kube-apiserver from " + assets + " in " + dataDir, e);
        } catch (RuntimeException e) {
            end(processes);
            throw e;
        }
    }

    @Override
    public String name() {
        return "envtest";
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public String kubeconfig() {
        return kubeconfig;
    }

    private static void startServer(List<ServerProcess> processes, List<String> command, URI url, String token)
            throws IOException {
        processes.add(ServerProcess.start("kube-apiserver", command));
        processes.getLast().awaitReady(url.resolve("/readyz"), Optional.of(token), PATIENCE);
    }

    /// Kills the API server as a crash would, without a word to its clients. etcd goes on, the port is free.
    public void killServer() throws InterruptedException {
        processes.remove(1).kill();
    }

    /// Starts the API server that was killed again, at the same address with the same objects; returns when it is ready.
    ///
    /// @throws IllegalStateException when it ends early or is not ready in a minute
    public void startServer() throws IOException {
        startServer(processes, command, url, token);
    }

    /// Both processes end with this JVM, whatever happens, until an owner calls this: from then on it closes the server
    /// itself, after those parts that still need it when the JVM is told to stop.
    public void leaveToOwner() {
        Runtime.getRuntime().removeShutdownHook(endWithJvm);
    }

    @Override
    public void close() {
        end(processes);
        try {
            Runtime.getRuntime().removeShutdownHook(endWithJvm);
        } catch (IllegalStateException jvmIsEnding) {
            // The hook runs already, and ending twice is harmless.
            return;
        }
    }

    private static void end(List<ServerProcess> processes) {
        processes.reversed().forEach(ServerProcess::end);
    }

    private static List<String> etcdCommand(Path assets, Path dataDir, URI client, URI peer) {
        return List.of(assets.resolve("etcd").toString(), "--data-dir", dataDir.resolve("etcd").toString(),
                "--listen-client-urls", client.toString(), "--advertise-client-urls", client.toString(),
                "--listen-peer-urls", peer.toString(), "--initial-advertise-peer-urls", peer.toString(),
                "--initial-cluster", "default=" + peer);
    }

    private static List<String> serverCommand(Path assets, Path dataDir, URI etcd, URI url)
            throws IOException {
        Path binary = assets.resolve("kube-apiserver");
        EnvtestFiles files = EnvtestFiles.in(dataDir);
        var command = new ArrayList<>(List.of(binary.toString(), "--etcd-servers=" + etcd,
                "--secure-port=" + url.getPort(), "--bind-address=127.0.0.1", "--cert-dir=" + files.certificates(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + files.publicKey(),
                "--service-account-signing-key-file=" + files.privateKey(), "--token-auth-file=" + files.tokens(),
                "--authorization-mode=RBAC", "--service-cluster-ip-range=10.0.0.0/24",
                "--advertise-address=10.0.0.254", "--disable-admission-plugins=ServiceAccount"));
        if (KubeVersion.of(binary).isBefore(1, 24)) {
            // Older servers also open an unprotected port unless told not to; newer ones do not know the flag.
            command.add("--insecure-port=0");
        }
        return command;
    }

    private static URI loopback(String scheme, int port) {
        return URI.create(scheme + "://127.0.0.1:" + port);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean holdsBoth(Path folder) {
        return Files.isExecutable(folder.resolve("etcd")) && Files.isExecutable(folder.resolve("kube-apiserver"));
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getProperty(name)).or(() -> Optional.ofNullable(System.getenv(name)))
                .filter(value -> !value.isBlank());
    }
}
