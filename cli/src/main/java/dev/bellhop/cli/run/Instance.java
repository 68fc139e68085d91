package dev.bellhop.cli.run;

/// Which process this is, among others of its kind.
public final class Instance {
    private Instance() {}

    /// The name of the Pod, which is the host's name there, or of the host.
    public static String name() {
        var host = System.getenv("HOSTNAME");
        return host == null || host.isEmpty() ? "bellhop-" + ProcessHandle.current().pid() : host;
    }
}
