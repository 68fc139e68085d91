package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// The directory of a journal, held for one process.
final class JournalFiles implements AutoCloseable {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'")
            .withZone(ZoneOffset.UTC);
    private static final long ROOM_TO_OPEN = 1 << 20;

    private final Path directory;
    private final FileChannel channel;

    private JournalFiles(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /// Takes the directory; two processes on one journal would do everything twice.
    static JournalFiles take(Path directory) throws IOException {
        Files.createDirectories(directory);
        var channel = FileChannel.open(directory.resolve("journal.lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IOException("the journal in " + directory
                    + " is in use by another process; end that one, or choose another directory");
        }
        return new JournalFiles(directory, channel);
    }

    /// The lock, held until the channel closes; null when someone has it.
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // The other one is in this very process.
            return null;
        }
    }

    Path database() {
        return directory.resolve("journal.db");
    }

    Path ballast() {
        return directory.resolve("journal.ballast");
    }

    /// Even to open its files SQLite needs some room, and it does not survive a page of its shared memory that the disk has no
    /// room for. Where there is none the ballast gives way, as it would for writing.
    void makeRoomToOpen() throws IOException {
        if (Files.getFileStore(directory).getUsableSpace() < ROOM_TO_OPEN) {
            Files.deleteIfExists(ballast());
        }
    }

    /// Whether the write-ahead log is damaged: SQLite is about to take what it can read of it and drop the rest.
    boolean isLogDamaged() throws IOException {
        return LogCheck.isDamaged(log());
    }

    /// Whether what every database of ours begins with is not there.
    boolean isHeaderDamaged() throws IOException {
        return HeaderCheck.isDamaged(database());
    }

    /// Copies the write-ahead log under a name that says when; returns where.
    Path copyLog(Instant now) throws IOException {
        return Files.copy(log(), directory.resolve("journal.db-wal.corrupt-" + STAMP.format(now)));
    }

    Path log() {
        return directory.resolve("journal.db-wal");
    }

    /// A file to build the successor of a damaged database in.
    Path workshop() throws IOException {
        var file = directory.resolve("journal.db.building");
        Files.deleteIfExists(file);
        return file;
    }

    /// What was built takes the place of the database, which is set aside under the returned name.
    Path succeed(Instant now) throws IOException {
        Files.move(directory.resolve("journal.db.building"), successor(), StandardCopyOption.ATOMIC_MOVE);
        return installSuccessor(now);
    }

    /// Ends what [#succeed] began in a process that did not live to end it.
    void endSuccession(Instant now) throws IOException {
        if (Files.exists(successor())) {
            installSuccessor(now);
        }
    }

    private Path installSuccessor(Instant now) throws IOException {
        // The log first: it must never be taken for the successor's.
        var aside = quarantine(now);
        Files.move(successor(), database(), StandardCopyOption.ATOMIC_MOVE);
        return aside;
    }

    private Path successor() {
        return directory.resolve("journal.db.successor");
    }

    /// Renames the database and what belongs to it, so that a new one can begin; returns its new name.
    private Path quarantine(Instant now) throws IOException {
        var suffix = ".corrupt-" + STAMP.format(now);
        for (var part : List.of("-wal", "-shm", "")) {
            var file = directory.resolve("journal.db" + part);
            if (Files.exists(file)) {
                Files.move(file, directory.resolve("journal.db" + suffix + part));
            }
        }
        return directory.resolve("journal.db" + suffix);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
