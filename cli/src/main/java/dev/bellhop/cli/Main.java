package dev.bellhop.cli;

/// Where the `bellhop` command begins.
public final class Main {
    private Main() {}

    /// Runs the command and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(BellhopCommandLine.create().execute(args));
    }
}
