package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// The pages of a database that nobody has open, as they lie on disk, or in its log where that has a later one. Nothing here
/// relies on what leads from page to page: it can be read whatever is damaged.
///
/// The layout is [SQLite's](https://sqlite.org/fileformat2.html), with what [Connections] chooses: pages of 4 KB, and a map
/// that says of each page what it is for.
final class RawPages implements AutoCloseable {
    static final int SIZE = 4_096;
    private static final int LARGEST_ROOT = 52;
    private static final int FIRST_MAP = 2;
    private static final int MAP_ENTRY = 5;
    /// A map, and the pages behind it that it tells of.
    private static final int MAPPED = SIZE / MAP_ENTRY + 1;

    private final FileChannel database;
    private final @Nullable FileChannel log;
    private final Map<Integer, Long> inLog;
    private final int count;
    private final boolean hasMap;
    private int mapAt;
    private ByteBuffer map = ByteBuffer.allocate(SIZE);

    private RawPages(FileChannel database, @Nullable FileChannel log, Map<Integer, Long> inLog) throws IOException {
        this.database = database;
        this.log = log;
        this.inLog = inLog;
        int last = inLog.isEmpty() ? 0 : Collections.max(inLog.keySet());
        count = Math.max(last, Math.toIntExact(database.size() / SIZE));
        hasMap = read(1).getInt(LARGEST_ROOT) != 0;
    }

    static RawPages open(Path database, Path log) throws IOException {
        var inLog = LogCheck.pages(log);
        var pages = FileChannel.open(database, StandardOpenOption.READ);
        var later = Files.exists(log) ? FileChannel.open(log, StandardOpenOption.READ) : null;
        return new RawPages(pages, later, inLog);
    }

    /// They are numbered from 1 to this.
    int count() {
        return count;
    }

    /// What is on a page; zeros where there is nothing.
    ByteBuffer read(int number) throws IOException {
        var page = ByteBuffer.allocate(SIZE);
        var later = inLog.get(number);
        if (log != null && later != null) {
            read(log, later, page);
        } else {
            read(database, (number - 1L) * SIZE, page);
        }
        return page.clear();
    }

    private static void read(FileChannel channel, long at, ByteBuffer into) throws IOException {
        while (into.hasRemaining() && channel.read(into, at + into.position()) >= 0) {
            // Reads may come short.
        }
    }

    /// Whether a page may hold cells: it is neither free nor the rest of a large row. What is free has rows of long ago, and what
    /// is in a large row a sender chose.
    boolean mayHoldCells(int number) throws IOException {
        if (number < FIRST_MAP || (hasMap && mapOf(number) == number)) {
            return false;
        }
        return switch (hasMap ? use(number) : 0) {
            case 1, 5 -> true;
            case 2, 3, 4 -> false;
            // The map does not tell. The rest of a large row begins with a page number, whose first byte is 0.
            default -> switch (read(number).get(0)) {
                case 2, 10, 13 -> true;
                default -> false;
            };
        };
    }

    private static int mapOf(int number) {
        return number - (number - FIRST_MAP) % MAPPED;
    }

    private int use(int number) throws IOException {
        int at = mapOf(number);
        if (at != mapAt) {
            map = read(at);
            mapAt = at;
        }
        return map.get((number - at - 1) * MAP_ENTRY);
    }

    @Override
    public void close() throws IOException {
        try (database; var _ = log) {
            // Both.
        }
    }
}
