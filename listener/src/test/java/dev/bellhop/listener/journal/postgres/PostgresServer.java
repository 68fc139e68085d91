package dev.bellhop.listener.journal.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server of a test run's own, in a temporary directory and on loopback alone. Its binaries are those of
/// `BELLHOP_POSTGRES_BIN` or of Debian's package; without them the tests are skipped, unless the variable insists on them.
final class PostgresServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String MISSING = "No PostgreSQL: tests of the journal on it are skipped. To include them,"
            + " apt-get install postgresql-15, or set BELLHOP_POSTGRES_BIN to the folder with initdb";
    private static final AtomicBoolean MISSING_TOLD = new AtomicBoolean();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path bin;
    private final Path directory;
    private final int port;
    private boolean running;

    private PostgresServer(Path bin) throws IOException {
        this.bin = bin;
        directory = Files.createTempDirectory("bellhop-postgres");
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        if (isRoot()) {
            run(List.of("chown", servant().name(), directory.toString()));
        }
        asUser(bin.resolve("initdb").toString(), "-D", data(), "-A", "trust", "-U", "bellhop", "-E", "UTF8",
                "--locale=C.UTF-8", "--no-sync");
        start();
    }

    /// A server that is started once for all tests and stopped after the last.
    static PostgresServer shared(ExtensionContext context) {
        return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(PostgresServer.class, _ -> launch(), PostgresServer.class);
    }

    /// A server of the caller's own.
    static PostgresServer launch() {
        var bin = binaries();
        if (bin.isEmpty() && MISSING_TOLD.compareAndSet(false, true)) {
            LOG.warn(MISSING);
        }
        Assumptions.assumeTrue(bin.isPresent(), MISSING);
        try {
            return new PostgresServer(bin.orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> binaries() {
        var named = System.getenv("BELLHOP_POSTGRES_BIN");
        if (named != null && !named.isEmpty()) {
            if (!Files.isExecutable(Path.of(named, "initdb"))) {
                throw new IllegalStateException("BELLHOP_POSTGRES_BIN='" + named + "' has no initdb");
            }
            return Optional.of(Path.of(named));
        }
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (var versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb"))).max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() throws IOException {
        asUser(bin.resolve("pg_ctl").toString(), "-D", data(), "-w", "-l", directory.resolve("log").toString(), "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200",
                "start");
        running = true;
    }

    /// Stops it as a killed server stops: the clients' connections break.
    void stop() throws IOException {
        asUser(bin.resolve("pg_ctl").toString(), "-D", data(), "-w", "-m", "immediate", "stop");
        running = false;
    }

    /// The URL of a new, empty database.
    String newDatabase() throws IOException {
        var name = "journal_" + DATABASES.incrementAndGet();
        try {
            execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IOException("cannot make the database " + name, e);
        }
        return url(name);
    }

    /// Executes statements on the server, each a transaction of its own.
    void execute(String... statements) throws SQLException {
        try (var connection = connect(url("postgres")); var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /// The one value that a query answers.
    String ask(String query) throws SQLException {
        try (var connection = connect(url("postgres"));
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    static Connection connect(String url) throws SQLException {
        return new Connections(settings(url)).open();
    }

    /// Of a journal in a database of this server.
    static PostgresSettings settings(String url) {
        return PostgresSettings.at(url, () -> new Login(Optional.of("bellhop"), Optional.empty()), "test");
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private record User(String name, String group) {}

    /// Who runs the server instead of root, which it refuses: the package's user where the package is.
    private static User servant() throws IOException {
        try (var lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.map(line -> line.split(":", -1))
                    .filter(user -> user[0].equals("postgres") || user[0].equals("nobody"))
                    .map(user -> new User(user[0], user[3])).max(Comparator.comparing(User::name))
                    .orElseThrow(() -> new IOException("root cannot run PostgreSQL, and there is no user postgres or"
                            + " nobody to run it"));
        }
    }

    private void asUser(String... command) throws IOException {
        var all = new ArrayList<String>();
        if (isRoot()) {
            var user = servant();
            all.addAll(List.of("setpriv", "--reuid=" + user.name(), "--regid=" + user.group(), "--clear-groups"));
        }
        all.addAll(List.of(command));
        run(all);
    }

    private void run(List<String> command) throws IOException {
        var output = directory.resolveSibling(directory.getFileName() + ".out").toFile();
        var process = new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true)
                .redirectOutput(output).start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command + " failed: " + Files.readString(output.toPath()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + command, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (running) {
            stop();
        }
        run(List.of("rm", "-rf", directory.toString()));
        Files.deleteIfExists(directory.resolveSibling(directory.getFileName() + ".out"));
    }
}
