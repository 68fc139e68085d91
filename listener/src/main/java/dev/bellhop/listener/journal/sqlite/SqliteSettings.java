package dev.bellhop.listener.journal.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

import dev.bellhop.listener.journal.RetentionLimits;

/// Where and how large a journal is.
///
/// @param directory      holds the files; made when it is missing; used by one process at a time
/// @param maxQueuedBytes refuse appends when so much waits for the disk
/// @param handOverBytes  keep about so much of accepted events in memory for the workers; the rest is read back
/// @param commitPatience answer an append with "unavailable" when the disk takes longer
/// @param retention      how long finished deliveries of a tenant are kept; asked again and again, so it may change
/// @param ballastBytes   disk space held back, to be given up when the disk is full so that work can go on
public record SqliteSettings(Path directory, long maxQueuedBytes, long handOverBytes, Duration commitPatience,
        Function<String, RetentionLimits> retention, int ballastBytes) {
    /// Sizes for a process of some hundred megabytes.
    public static SqliteSettings in(Path directory) {
        return in(directory, _ -> RetentionLimits.DEFAULT);
    }

    /// The same with a retention that may differ between tenants.
    public static SqliteSettings in(Path directory, Function<String, RetentionLimits> retention) {
        return new SqliteSettings(directory, 64 << 20, 32 << 20, Duration.ofSeconds(3), retention, 4 << 20);
    }
}
