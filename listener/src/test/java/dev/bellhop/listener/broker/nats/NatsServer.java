package dev.bellhop.listener.broker.nats;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/// A NATS server of a test's own, on loopback, its streams in a temporary directory. The program is that of
/// `BELLHOP_NATS_SERVER`, or Debian's, or the one on the PATH; without it the tests are skipped, unless the variable insists.
public final class NatsServer implements AutoCloseable {
    private static final String MISSING = "No nats-server: tests with it are skipped. To include them, apt-get install"
            + " nats-server, or set BELLHOP_NATS_SERVER to the program";

    private final Path directory;
    private final Path program;
    private final int port;
    private final List<Connection> connections = new ArrayList<>();
    private Process process;

    private NatsServer(Path program, String configuration) throws IOException {
        this.program = program;
        directory = Files.createTempDirectory("bellhop-nats");
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Files.writeString(directory.resolve("nats.conf"), """
                listen: "127.0.0.1:%d"
                jetstream { store_dir: "%s", max_memory_store: 64MB, max_file_store: 512MB }
                %s
                """.formatted(port, directory.resolve("store"), configuration));
        start();
    }

    /// A server with nothing but JetStream.
    public static NatsServer launch() throws IOException {
        return launch("");
    }

    /// A server with `configuration` besides, in the server's own language.
    public static NatsServer launch(String configuration) throws IOException {
        var program = program();
        Assumptions.assumeTrue(program.isPresent(), MISSING);
        return new NatsServer(program.orElseThrow(), configuration);
    }

    private static Optional<Path> program() {
        var named = System.getenv("BELLHOP_NATS_SERVER");
        if (named != null && !named.isEmpty()) {
            if (!Files.isExecutable(Path.of(named))) {
                throw new IllegalStateException("BELLHOP_NATS_SERVER='" + named + "' is no program");
            }
            return Optional.of(Path.of(named));
        }
        return Stream.concat(Stream.of("/usr/sbin", "/usr/local/bin"),
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")))
                .map(folder -> Path.of(folder, "nats-server")).filter(Files::isExecutable).findFirst();
    }

    /// Starts it, or starts it again on the same port with the same streams.
    public void start() throws IOException {
        process = new ProcessBuilder(program.toString(), "-c", directory.resolve("nats.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile())).start();
        try {
            Awaitility.await().atMost(20, TimeUnit.SECONDS).until(this::listens);
        } catch (RuntimeException e) {
            throw new IOException("nats-server does not start: " + Files.readString(directory.resolve("log")), e);
        }
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("nats-server ended: " + Files.readString(directory.resolve("log")));
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /// Kills it: no farewell, no flush.
    public void kill() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /// A connection for the test itself; it ends with the server.
    public Connection connect() throws IOException, InterruptedException {
        return connect(new Options.Builder());
    }

    /// The same, with a password.
    public Connection connect(String user, String password) throws IOException, InterruptedException {
        return connect(new Options.Builder().userInfo(user, password));
    }

    private Connection connect(Options.Builder options) throws IOException, InterruptedException {
        var connection = Nats.connect(options.server(url()).maxReconnects(-1).build());
        connections.add(connection);
        return connection;
    }

    @Override
    public void close() throws IOException {
        try {
            for (var connection : connections) {
                connection.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
