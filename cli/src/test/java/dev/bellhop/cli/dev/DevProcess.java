package dev.bellhop.cli.dev;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// A `bellhop dev` in a process of its own, as a user would start it, and the commands a user would type.
final class DevProcess implements AutoCloseable {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Process process;
    private final Path home;
    private final Path log;
    private final JsonNode ready;

    private DevProcess(Process process, Path home, Path log, JsonNode ready) {
        this.process = process;
        this.home = home;
        this.log = log;
        this.ready = ready;
    }

    /// Starts it on `cluster` with the objects of `folder`, and waits until it says that it is ready.
    static DevProcess start(String cluster, Path folder, Path home) throws IOException {
        var log = home.resolve("dev.log");
        var command = bellhop();
        command.addAll(List.of("dev", folder.toString(), "--cluster", cluster, "--port", "0", "--admin-port", "0",
                "--data-dir", home.resolve("data").toString(), "--output", "json"));
        var process = builder(command, home).redirectError(log.toFile()).start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var line = out.readLine();
        if (line == null) {
            throw new AssertionError("bellhop dev ended before it was ready: " + Files.readString(log));
        }
        return new DevProcess(process, home, log, new ObjectMapper().readTree(line));
    }

    static List<String> bellhop() {
        return new ArrayList<>(List.of(JAVA, "-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
                "dev.bellhop.cli.Main"));
    }

    static ProcessBuilder builder(List<String> command, Path home) {
        var builder = new ProcessBuilder(command).directory(new File("..").getAbsoluteFile());
        builder.environment().put("XDG_STATE_HOME", home.toString());
        builder.environment().remove("KUBECONFIG");
        return builder;
    }

    /// The line that it printed.
    JsonNode ready() {
        return ready;
    }

    /// The URL in the status of a Trigger.
    String url(String namespace, String name) {
        for (var trigger : ready.path("triggers")) {
            if (trigger.path("namespace").asText().equals(namespace) && trigger.path("name").asText().equals(name)) {
                return trigger.path("url").asText();
            }
        }
        throw new AssertionError("no Trigger " + namespace + "/" + name + " in " + ready);
    }

    /// What another `bellhop` command prints beside it.
    String bellhop(String... arguments) throws IOException, InterruptedException {
        var command = bellhop();
        command.addAll(List.of(arguments));
        return run(builder(command, home));
    }

    /// What kubectl prints with its kubeconfig.
    String kubectl(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("kubectl", "--kubeconfig", ready.path("kubeconfig").asText()));
        command.addAll(List.of(arguments));
        return run(builder(command, home));
    }

    static String run(ProcessBuilder builder) throws IOException, InterruptedException {
        var process = builder.redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /// What it told people so far.
    String log() throws IOException {
        return Files.readString(log);
    }

    /// Stops it as Ctrl-C does; the exit code.
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("bellhop dev did not stop within 30 s");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
