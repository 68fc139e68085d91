package dev.bellhop.cli.run;

import java.util.concurrent.CountDownLatch;

/// A process that serves until it is told to stop: by SIGTERM, as Kubernetes does, or Ctrl-C. It then closes what it runs, in
/// order, and exits with 0.
public final class ServerProcess {
    private ServerProcess() {}

    /// Waits until the process is told to stop, closes `server` and ends the process; does not return.
    public static int serve(AutoCloseable server) throws InterruptedException {
        closeWhenStopped(server);
        return awaitStop();
    }

    /// From now on `server` is closed, and the process ended, when the process is told to stop.
    public static void closeWhenStopped(AutoCloseable server) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            int status = 0;
            try {
                server.close();
            } catch (Exception e) {
                e.printStackTrace();
                status = 1;
            }
            // A JVM ended by a signal would exit with 143 although it was asked to stop and did.
            Runtime.getRuntime().halt(status);
        }));
    }

    /// Waits for that; does not return.
    public static int awaitStop() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }
}
