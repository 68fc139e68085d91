package dev.bellhop.bench.outage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicLong;

/// Stands where the API server was: takes every connection, counts it, and breaks it off at once.
final class Knocks implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final ServerSocket socket;
    private final AtomicLong count;

    Knocks(int port, AtomicLong count) throws IOException {
        this.count = count;
        socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        Thread.ofPlatform().name("knocks").daemon().start(this::run);
    }

    private void run() {
        while (!socket.isClosed()) {
            try (var knock = socket.accept()) {
                count.incrementAndGet();
                // A reset, as from a machine where nothing runs any more.
                knock.setSoLinger(true, 0);
            } catch (SocketException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException("standing at the door of the API server", e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("standing at the door of the API server", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
