package dev.bellhop.listener.journal.stored;

import java.time.Instant;
import java.util.List;

import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Tried;
import org.jspecify.annotations.Nullable;

/// What changes of a delivery: where it stands. Its row holds a checksum over all of it.
///
/// @param due        when to try it, in milliseconds of the epoch; 0 when it is finished
/// @param attempts   how often it was tried to an end
/// @param finishedAt in milliseconds of the epoch; null while it is to be tried
/// @param step       what failed last, or what cancelled it
/// @param why        why; shortened when it is long
public record Standing(DeliveryState state, long due, int attempts, @Nullable Long finishedAt, @Nullable String step,
        @Nullable String why) {
    /// Error messages of servers may be pages; a line or two tells the reason.
    private static final int MAX_WHY = 2_000;

    public Standing {
        why = why == null ? null : shortened(why);
    }

    /// To be tried at `due`.
    public static Standing pending(Instant due, int attempts) {
        return new Standing(DeliveryState.PENDING, due.toEpochMilli(), attempts, null, null, null);
    }

    /// Finished at `now` without being done.
    public static Standing ended(DeliveryState state, int attempts, Instant now, String step, String why) {
        return new Standing(state, 0, attempts, now.toEpochMilli(), step, why);
    }

    /// Where a try leaves it.
    public static Standing after(Tried tried) {
        int attempt = tried.delivery().attempt();
        return switch (tried.outcome()) {
            case Outcome.Done _ ->
                new Standing(DeliveryState.DONE, 0, attempt, tried.endedAt().toEpochMilli(), null, null);
            case Outcome.RetryAt(var due, var step, var why, _) ->
                new Standing(DeliveryState.RETRYING, due.toEpochMilli(), attempt, null, step, why);
            case Outcome.Dead(var step, var why, _) ->
                ended(DeliveryState.DEAD, attempt, tried.endedAt(), step, why);
        };
    }

    /// The checksum to store with it.
    public int crc() {
        return Checksum.of(List.of(state.name(), Long.toString(due), Integer.toString(attempts),
                String.valueOf(finishedAt), String.valueOf(step), String.valueOf(why)));
    }

    /// `why` as it is stored.
    public static String shortened(String why) {
        return why.length() <= MAX_WHY ? why : why.substring(0, MAX_WHY - 1) + "…";
    }
}
