package dev.bellhop.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// A [BareServer] in a process of its own.
record BareProcess(Process process, int port) implements AutoCloseable {
    private static final int LOOKS = 1_000;

    /// Starts it on `java`, an executable and its options.
    static BareProcess start(List<String> java, int port) throws IOException, InterruptedException {
        var command = new ArrayList<>(java);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BareServer.class.getName(),
                Integer.toString(port)));
        var process = new ProcessBuilder(command).inheritIO().start();
        for (int look = 0; !listens(port); look++) {
            if (!process.isAlive() || look == LOOKS) {
                process.destroyForcibly();
                throw new IOException("the bare server did not open port " + port);
            }
            Thread.sleep(20);
        }
        return new BareProcess(process, port);
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            // Not yet.
            return false;
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
