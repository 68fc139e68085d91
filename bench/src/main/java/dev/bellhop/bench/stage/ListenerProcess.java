package dev.bellhop.bench.stage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A listener started by the launcher, as people start it: `./bellhop listener`.
public final class ListenerProcess implements AutoCloseable {
    private static final Duration READY_WAIT = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    /// Each look costs the listener some milliseconds.
    private static final Duration LOOK_AT_METRICS_EVERY = Duration.ofMillis(200);

    private final Process process;
    private final long startedAt;
    private final int port;
    private final int adminPort;
    private final Path log;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ListenerProcess(Process process, long startedAt, int port, int adminPort, Path log) {
        this.process = process;
        this.startedAt = startedAt;
        this.port = port;
        this.adminPort = adminPort;
        this.log = log;
    }

    /// `journal` are the options that say where its journal is.
    static ListenerProcess start(Path root, Path kubeconfig, List<String> journal, Path log, int port, int adminPort)
            throws IOException {
        var command = new ArrayList<>(List.of(root.resolve("bellhop").toString(), "listener", "--kubeconfig",
                kubeconfig.toString(), "--port", Integer.toString(port), "--admin-port", Integer.toString(adminPort)));
        command.addAll(journal);
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // bench/run has built it; what is edited while a benchmark runs is not part of it.
        builder.environment().put("BELLHOP_NO_BUILD", "yes");
        long startedAt = System.nanoTime();
        return new ListenerProcess(builder.start(), startedAt, port, adminPort, log);
    }

    /// Waits until the event port says that it is ready; how long that took from the start of the process.
    public Duration awaitReady() throws IOException, InterruptedException {
        while (!isReady()) {
            if (!process.isAlive() || sinceStart().compareTo(READY_WAIT) > 0) {
                throw new IOException("the listener did not get ready; its output:\n" + Files.readString(log));
            }
            Thread.sleep(LOOK_EVERY);
        }
        return sinceStart();
    }

    private Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /// Whether the process has not ended.
    public boolean isAlive() {
        return process.isAlive();
    }

    /// Whether the event port says so.
    public boolean isReady() throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(uri(port, "/ready")).build(), BodyHandlers.discarding())
                    .statusCode() == 200;
        } catch (IOException e) {
            // Nobody listens yet.
            return false;
        }
    }

    /// What it has logged so far.
    public String log() throws IOException {
        return Files.readString(log);
    }

    /// Where events of an EventListener are sent; `path` from [Stage].
    public URI url(String path) {
        return uri(port, path);
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /// What the system calls the process. The launcher has become the JVM.
    public long pid() {
        return process.pid();
    }

    /// The JVM's executable and the options that the launcher gave it, without the cache of classes, which fits one program alone.
    public List<String> java() throws IOException {
        var line = List.of(Files.readString(Path.of("/proc/" + pid() + "/cmdline")).split("\0"));
        return line.subList(0, line.indexOf("-jar")).stream()
                .filter(option -> !option.startsWith("-XX:AOTCache") && !option.startsWith("-Xlog:")).toList();
    }

    /// Whether the JVM uses a cache of loaded classes.
    public boolean hasClassCache() throws IOException {
        return Files.readString(Path.of("/proc/" + pid() + "/cmdline")).contains("-XX:AOTCache=");
    }

    /// The sum of a metric over all lines that contain `labels`.
    public long metric(String name, String labels) throws IOException, InterruptedException {
        var page = http.send(HttpRequest.newBuilder(uri(adminPort, "/metrics")).build(), BodyHandlers.ofString())
                .body();
        return page.lines().filter(line -> line.startsWith(name) && line.contains(labels))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    /// Waits until no delivery is unfinished.
    public void awaitIdle(Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (metric("bellhop_deliveries_unfinished", "") > 0) {
            if (System.nanoTime() > deadline) {
                throw new IOException("deliveries are still unfinished after " + patience.toSeconds() + " s");
            }
            Thread.sleep(LOOK_AT_METRICS_EVERY);
        }
    }

    /// Ends it without a word, as a power cut or the kernel's OOM killer would.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Asks it to stop with SIGTERM and waits; its exit code.
    public int terminate(Duration grace) throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException("the listener did not stop within " + grace.toSeconds() + " s of SIGTERM");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        http.close();
    }
}
