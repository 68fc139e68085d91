package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// Looks at the fields of a database's header that are the same in all of ours. SQLite takes some of them, when a bit is wrong,
/// for a file that it may only read, or that has no log; others for one that it does not know.
final class HeaderCheck {
    private static final int LENGTH = 100;
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private HeaderCheck() {}

    /// Whether `database` is there and does not begin as it must.
    static boolean isDamaged(Path database) throws IOException {
        if (!Files.exists(database) || Files.size(database) < LENGTH) {
            return false;
        }
        var header = ByteBuffer.allocate(LENGTH);
        try (var channel = FileChannel.open(database, StandardOpenOption.READ)) {
            while (header.hasRemaining() && channel.read(header) >= 0) {
                // Reads may come short.
            }
        }
        return !Arrays.equals(MAGIC, 0, MAGIC.length, header.array(), 0, MAGIC.length)
                || Short.toUnsignedInt(header.getShort(16)) != RawPages.SIZE
                // Who may write and read it: with a log, or before the first log without.
                || !isOneOf(header.get(18), 1, 2) || !isOneOf(header.get(19), 1, 2)
                // Unused bytes at the end of each page, and how full pages get.
                || header.getInt(20) != 0x00_40_20_20
                // The form of the schema, and that texts are UTF-8; 0 before the first table.
                || !isOneOf(header.getInt(44), 0, 1, 2, 3, 4) || !isOneOf(header.getInt(56), 0, 1);
    }

    private static boolean isOneOf(int value, int... allowed) {
        return Arrays.stream(allowed).anyMatch(one -> one == value);
    }
}
