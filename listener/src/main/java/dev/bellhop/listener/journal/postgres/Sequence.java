package dev.bellhop.listener.journal.postgres;

/// Numbers for rows that grow with time, at all replicas alike: milliseconds of the epoch, the replica's slot, a count. A
/// number's milliseconds are never before the row was accepted. Used by the committer's thread alone.
final class Sequence {
    /// How far the milliseconds are shifted.
    static final int SHIFT = 20;
    private static final int SLOT_SHIFT = 10;
    private static final int MOST = (1 << SLOT_SHIFT) - 1;

    private long millis;
    private int slot = -1;
    private int count;

    /// No number is below those that are stored.
    void startAfter(long stored) {
        millis = Math.max(millis, (stored >> SHIFT) + 1);
    }

    long next(long now, int slotNow) {
        if (now > millis || slotNow != slot || count == MOST) {
            millis = Math.max(now, millis + 1);
            slot = slotNow;
            count = 0;
        } else {
            count++;
        }
        return (millis << SHIFT) | ((long) slot << SLOT_SHIFT) | count;
    }
}
