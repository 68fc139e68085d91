package dev.bellhop.listener.journal.stored;

import java.time.Instant;
import java.util.List;

import dev.bellhop.listener.journal.DeliveryHistory.FailedTry;
import org.jspecify.annotations.Nullable;

/// Tries that did not succeed, as their rows hold them.
public final class FailedTries {
    private FailedTries() {}

    /// One to be stored: its times in milliseconds, its reason no longer than a row holds.
    public static FailedTry of(int attempt, Instant startedAt, Instant endedAt, String step, String why) {
        return new FailedTry(attempt, Instant.ofEpochMilli(startedAt.toEpochMilli()),
                Instant.ofEpochMilli(endedAt.toEpochMilli()), step, Standing.shortened(why));
    }

    /// The checksum to store with it.
    public static int crc(FailedTry failed) {
        return Checksum.of(List.of(Integer.toString(failed.attempt()), Long.toString(failed.startedAt().toEpochMilli()),
                Long.toString(failed.endedAt().toEpochMilli()), failed.step(), failed.why()));
    }

    /// Whether it is what was written.
    ///
    /// @param crc null in rows that are older than this checksum
    public static boolean isIntact(FailedTry failed, @Nullable Integer crc) {
        return crc == null || crc == crc(failed);
    }
}
