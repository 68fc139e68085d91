package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that only takes up room. On a full disk even a DELETE needs some: giving the ballast up lets outcomes be
/// recorded and old deliveries be removed until there is room again.
final class Ballast {
    private final Path file;
    private final int bytes;

    Ballast(Path file, int bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /// Gives the room back to the disk.
    void release() throws IOException {
        Files.deleteIfExists(file);
    }

    /// Takes the room again if as much would still be left; false when it would not.
    boolean restore() throws IOException {
        if (Files.exists(file) && Files.size(file) == bytes) {
            return true;
        }
        if (Files.getFileStore(file.getParent()).getUsableSpace() < 2L * bytes) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            // Written, not just sized: a hole takes up no room.
            var zeros = ByteBuffer.allocate(bytes);
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            channel.force(true);
            return true;
        } catch (IOException e) {
            // Someone else took the room meanwhile.
            Files.deleteIfExists(file);
            return false;
        }
    }
}
