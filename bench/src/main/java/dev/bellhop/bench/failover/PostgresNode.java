package dev.bellhop.bench.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.bellhop.bench.stage.Stage;

/// One PostgreSQL server of a pair, on loopback, with a data directory of its own, which is gone when it is closed. Root, which
/// PostgreSQL refuses, runs it as `postgres`.
public final class PostgresNode implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path bin;
    private final Path directory;
    private final int port;

    /// Nothing runs yet.
    public PostgresNode() throws IOException {
        bin = binaries();
        directory = Files.createTempDirectory("bellhop-postgres");
        port = Stage.freePort();
        if (isRoot()) {
            run(List.of("chown", "postgres", directory.toString()));
        }
    }

    private static Path binaries() throws IOException {
        var named = System.getenv("BELLHOP_POSTGRES_BIN");
        if (named != null) {
            return Path.of(named);
        }
        if (Files.isDirectory(DEBIAN)) {
            try (var versions = Files.list(DEBIAN)) {
                var newest = versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb"))).max(Comparator.naturalOrder());
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        throw new IOException("no PostgreSQL: apt-get install postgresql-15, or set BELLHOP_POSTGRES_BIN to the folder"
                + " with initdb");
    }

    /// Where it answers.
    public int port() {
        return port;
    }

    /// Begins an empty cluster and starts it, not waiting for any standby.
    public void startEmpty() throws IOException {
        asUser("initdb", "-D", data(), "-A", "trust", "-U", "bellhop", "-E", "UTF8", "--locale=C.UTF-8");
        waitForStandbys(false);
        start();
        asUser("createdb", "-h", "127.0.0.1", "-p", port(port), "-U", "bellhop", "journal");
    }

    /// Becomes a standby of `primary`, which waits for it from now on. What was here before is gone.
    void follow(PostgresNode primary) throws IOException {
        run(List.of("rm", "-rf", data()));
        asUser("pg_basebackup", "-h", "127.0.0.1", "-p", port(primary.port), "-U", "bellhop", "-D", data(), "-R", "-X",
                "stream", "-c", "fast");
        waitForStandbys(false);
        start();
        primary.waitForStandbys(true);
        primary.asUser("pg_ctl", "-D", primary.data(), "reload");
    }

    /// Says in its configuration whether each commit waits for the standby.
    private void waitForStandbys(boolean wait) throws IOException {
        Files.writeString(Path.of(data(), "postgresql.conf"), """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 100
                hot_standby = on
                synchronous_commit = on
                synchronous_standby_names = '%s'
                """.formatted(port, wait ? "*" : ""));
    }

    private void start() throws IOException {
        asUser("pg_ctl", "-D", data(), "-w", "-l", directory.resolve("log").toString(), "start");
    }

    /// Makes a standby the primary.
    void promote() throws IOException {
        asUser("pg_ctl", "-D", data(), "-w", "promote");
    }

    /// Ends all its processes without a word, as a power cut does. Nothing when none runs.
    void kill() throws IOException {
        var pidFile = Path.of(data(), "postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst());
        ProcessHandle.of(pid).ifPresent(postmaster -> {
            var all = new ArrayList<>(postmaster.descendants().toList());
            all.addFirst(postmaster);
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(process -> process.onExit().join());
        });
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private static String port(int port) {
        return Integer.toString(port);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private void asUser(String... command) throws IOException {
        var all = new ArrayList<String>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        all.add(bin.resolve(command[0]).toString());
        all.addAll(List.of(command).subList(1, command.length));
        run(all);
    }

    private void run(List<String> command) throws IOException {
        var output = directory.resolveSibling(directory.getFileName() + ".out");
        var process = new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + command, e);
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        run(List.of("rm", "-rf", directory.toString()));
        Files.deleteIfExists(directory.resolveSibling(directory.getFileName() + ".out"));
    }
}
