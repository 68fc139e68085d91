package dev.bellhop.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.bellhop.cli.command.CommandFailure;
import org.jspecify.annotations.Nullable;

/// The namespace that a process keeps its Lease in.
final class PodNamespace {
    private static final Path OF_POD = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");
    private static final String USUAL = "bellhop-system";

    private PodNamespace() {}

    /// `named`, or that of this Pod, or bellhop-system.
    static String or(@Nullable String named) {
        if (named != null) {
            return named;
        }
        try {
            return Files.isReadable(OF_POD) ? Files.readString(OF_POD).strip() : USUAL;
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + OF_POD + ": " + e.getMessage()
                    + "; name the namespace with --lease-namespace", e);
        }
    }
}
