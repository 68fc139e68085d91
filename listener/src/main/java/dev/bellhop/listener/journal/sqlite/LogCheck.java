package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/// Reads a write-ahead log: tells one that was damaged from one that ends in the middle of a write. SQLite takes the first frame whose
/// checksum is wrong for the end of the log, as it is after a power cut, and does not say a word about what lies behind it.
///
/// What lies there shows: a transaction is synced before the next one is written. So where a commit lies behind the wrong frame,
/// and something of the same log behind that commit, the wrong frame was once on disk, and right.
final class LogCheck {
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int BIG_ENDIAN_SUMS = 0x377f0683;
    /// The log's header tells it too, but may be what is damaged.
    private static final int PAGE = 4_096;

    private final FileChannel log;
    private final long frames;
    private final ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER + PAGE);
    private final Map<Integer, Long> committed = new HashMap<>();
    private boolean headerIsGood;
    private long salts;
    private int sum1;
    private int sum2;

    private LogCheck(FileChannel log) throws IOException {
        this.log = log;
        frames = (log.size() - HEADER) / frame.capacity();
    }

    /// Whether `log`, the log of a database that nobody has open, holds transactions that SQLite will not see.
    static boolean isDamaged(Path log) throws IOException {
        if (!Files.exists(log) || Files.size(log) <= HEADER) {
            return false;
        }
        try (var channel = FileChannel.open(log, StandardOpenOption.READ)) {
            return new LogCheck(channel).isDamaged();
        }
    }

    /// Where in `log` the pages lie that SQLite will take from it, by their number.
    static Map<Integer, Long> pages(Path log) throws IOException {
        if (!Files.exists(log) || Files.size(log) <= HEADER) {
            return Map.of();
        }
        try (var channel = FileChannel.open(log, StandardOpenOption.READ)) {
            var check = new LogCheck(channel);
            check.readGood();
            return Map.copyOf(check.committed);
        }
    }

    private boolean isDamaged() throws IOException {
        long good = readGood();
        if (!headerIsGood && frames > 0) {
            // The log's own are not to be trusted.
            readFrame(0);
            salts = frame.getLong(8);
        }
        return isFollowed(good, salts);
    }

    /// Reads up to the first frame that is not what was written; returns its number.
    private long readGood() throws IOException {
        var header = ByteBuffer.allocate(HEADER);
        read(header, 0);
        var order = header.getInt(0) == BIG_ENDIAN_SUMS ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        add(header, 0, HEADER - 8, order);
        salts = header.getLong(16);
        headerIsGood = sum1 == header.getInt(24) && sum2 == header.getInt(28);
        var inTransaction = new HashMap<Integer, Long>();
        long good = 0;
        while (headerIsGood && good < frames && isGood(good, salts, order)) {
            inTransaction.put(frame.getInt(0), HEADER + good * frame.capacity() + FRAME_HEADER);
            if (frame.getInt(4) != 0) {
                committed.putAll(inTransaction);
                inTransaction.clear();
            }
            good++;
        }
        return good;
    }

    private boolean isGood(long number, long salts, ByteOrder order) throws IOException {
        readFrame(number);
        add(frame, 0, 8, order);
        add(frame, FRAME_HEADER, frame.capacity(), order);
        return frame.getLong(8) == salts && frame.getInt(16) == sum1 && frame.getInt(20) == sum2;
    }

    /// Whether a commit and more of the same log lies at or behind this frame.
    private boolean isFollowed(long first, long salts) throws IOException {
        boolean committed = false;
        for (long number = first; number < frames; number++) {
            readFrame(number);
            if (frame.getLong(8) == salts) {
                if (committed) {
                    return true;
                }
                committed = frame.getInt(4) != 0;
            }
        }
        return false;
    }

    private void readFrame(long number) throws IOException {
        read(frame, HEADER + number * frame.capacity());
    }

    private void read(ByteBuffer into, long at) throws IOException {
        into.clear();
        while (into.hasRemaining() && log.read(into, at + into.position()) >= 0) {
            // Reads may come short.
        }
    }

    /// SQLite's checksum, which goes on from the header over all frames.
    private void add(ByteBuffer bytes, int from, int to, ByteOrder order) {
        bytes.order(order);
        for (int i = from; i < to; i += 8) {
            sum1 += bytes.getInt(i) + sum2;
            sum2 += bytes.getInt(i + 4) + sum1;
        }
        bytes.order(ByteOrder.BIG_ENDIAN);
    }
}
