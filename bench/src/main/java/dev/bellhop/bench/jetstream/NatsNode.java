package dev.bellhop.bench.jetstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/// One nats-server of a cluster, on loopback, with a folder of its own.
final class NatsNode {
    private static final Path DEBIAN = Path.of("/usr/sbin/nats-server");

    private final String name;
    private final Path folder;
    private final int port;
    private final int clusterPort;
    private @Nullable Process process;

    NatsNode(String name, Path folder, int port, int clusterPort) {
        this.name = name;
        this.folder = folder;
        this.port = port;
        this.clusterPort = clusterPort;
    }

    /// Writes its configuration, as one of `all`.
    void configure(List<NatsNode> all) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("nats.conf"), """
                server_name: %s
                listen: "127.0.0.1:%d"
                jetstream { store_dir: "%s", max_memory_store: 64MB, max_file_store: 2GB }
                cluster { name: bench, listen: "127.0.0.1:%d", routes: [%s] }
                """.formatted(name, port, folder.resolve("store"), clusterPort, all.stream()
                .map(node -> "\"nats://127.0.0.1:" + node.clusterPort + "\"").collect(Collectors.joining(", "))));
    }

    void start() throws IOException {
        var program = Objects.requireNonNullElse(System.getenv("BELLHOP_NATS_SERVER"), DEBIAN.toString());
        process = new ProcessBuilder(program, "-c", folder.resolve("nats.conf").toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile())).start();
    }

    /// As a machine that lost its power would end, but for what the kernel has still to write.
    void kill() throws InterruptedException {
        var running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    String name() {
        return name;
    }

    String url() {
        return "nats://127.0.0.1:" + port;
    }
}
