package dev.bellhop.cli.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A `bellhop run` in a process of its own, configured by its environment.
final class RunProcess implements AutoCloseable {
    private final Process process;
    private final Path home;
    private final Path log;

    private RunProcess(Process process, Path home, Path log) {
        this.process = process;
        this.home = home;
        this.log = log;
    }

    /// Starts it with what `config` says.
    static RunProcess start(Path home, Path config, String... arguments) throws IOException {
        var log = home.resolve("run.log");
        var process = builder(home, config, arguments).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new RunProcess(process, home, log);
    }

    static ProcessBuilder builder(Path home, Path config, String... arguments) {
        var command = new ArrayList<>(DevProcess.bellhop());
        command.add("run");
        command.addAll(List.of(arguments));
        var builder = DevProcess.builder(command, home);
        builder.environment().put("CONFIG", config.toString());
        builder.environment().put("PORT", "0");
        builder.environment().put("ADMIN_PORT", "0");
        return builder;
    }

    /// What another `bellhop` command prints beside it.
    String bellhop(String... arguments) throws IOException, InterruptedException {
        var command = DevProcess.bellhop();
        command.addAll(List.of(arguments));
        return DevProcess.run(DevProcess.builder(command, home));
    }

    /// What it printed so far.
    String log() throws IOException {
        return Files.readString(log);
    }

    /// Stops it as Kubernetes and Ctrl-C do; the exit code.
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("bellhop run did not stop within 60 s");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
