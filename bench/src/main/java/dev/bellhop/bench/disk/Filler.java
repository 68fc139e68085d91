package dev.bellhop.bench.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Someone else who takes all the room of a disk, also what becomes free later, until it is closed.
final class Filler implements AutoCloseable {
    private static final int[] SIZES = {1 << 20, 1 << 16, 1 << 12};

    private final Path file;
    private final Thread thread;
    private volatile boolean closed;

    Filler(Path directory) {
        file = directory.resolve("somebody-elses");
        thread = Thread.ofPlatform().name("filler").start(this::run);
    }

    private void run() {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (!closed) {
                for (int size : SIZES) {
                    while (!closed && takes(channel, size)) {
                        // More of it.
                    }
                }
                Thread.sleep(20);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("filling the disk", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean takes(FileChannel channel, int bytes) {
        try {
            return channel.write(ByteBuffer.allocate(bytes)) == bytes;
        } catch (IOException e) {
            // There is no room, which is what this is about.
            return false;
        }
    }

    /// Gives all of it back.
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(file);
    }
}
