package dev.bellhop.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// What a command line brought about, for tests.
public record Run(int exitCode, String out, String err) {
    /// Executes `bellhop` with these arguments in this JVM.
    public static Run of(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = BellhopCommandLine.create().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(args);
        return new Run(exitCode, out.toString(), err.toString());
    }
}
