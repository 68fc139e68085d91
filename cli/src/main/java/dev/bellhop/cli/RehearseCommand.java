package dev.bellhop.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.bellhop.cli.cluster.DevState;
import picocli.CommandLine.Command;

/// Does once what people do: starts `bellhop dev` with a small example, sends an event, looks around. The launcher runs it
/// after a build, out of sight, so that the JVM notes which classes that takes and has them ready the next time.
///
/// It expects to be alone: `XDG_STATE_HOME` names a folder of its own, and `KUBECONFIG` is not set.
@Command(name = "rehearse", hidden = true, description = "Lets the JVM note which classes the commands need.")
final class RehearseCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final List<String> FILES = List.of("objects.yaml", "request.http", "expected.yaml");

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("bellhop-rehearsal");
        for (var file : FILES) {
            try (var in = Objects.requireNonNull(RehearseCommand.class.getResourceAsStream("rehearsal/" + file),
                    file)) {
                Files.copy(in, folder.resolve(file));
            }
        }
        try {
            rehearse(folder);
        } finally {
            for (var file : FILES) {
                Files.delete(folder.resolve(file));
            }
            Files.delete(folder);
        }
        return 0;
    }

    private static void rehearse(Path folder) throws InterruptedException {
        run("--help");
        run("test", folder.toString());
        var dev = Thread.ofPlatform().daemon()
                .start(() -> run("dev", folder.toString(), "--port", "0", "--admin-port", "0"));
        var state = DevState.file(System.getenv());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (dev.isAlive() && DevState.read(state).isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_EVERY);
        }
        run("send", "github", "push", "rehearsal/push", "--secret-from", "rehearsal/github/token", "--set",
                "ref=refs/heads/main");
        run("get", "triggers", "-A");
        run("get", "trigger", "push", "-n", "rehearsal", "-o", "yaml");
        run("deliveries", "-A");
    }

    private static void run(String... line) {
        var nowhere = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        BellhopCommandLine.create().setOut(nowhere).setErr(nowhere).execute(line);
    }
}
