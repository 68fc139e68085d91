package dev.bellhop.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

import picocli.CommandLine.Command;

/// Does what other commands do, to no effect, so that the JVM can note the classes they need; the launcher starts it once for
/// each build. What it does not touch only starts slower.
@Command(name = "rehearse", hidden = true, description = "Lets the JVM note which classes the commands need.")
final class RehearseCommand implements Runnable {
    private static final List<List<String>> LINES = List.of(
            List.of("--help"),
            List.of("send", "github", "push", "http://localhost/", "--set", "ref=x", "--secret", "x", "--dry-run"));

    @Override
    public void run() {
        var nowhere = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        for (var line : LINES) {
            BellhopCommandLine.create().setOut(nowhere).setErr(nowhere).execute(line.toArray(String[]::new));
        }
    }
}
