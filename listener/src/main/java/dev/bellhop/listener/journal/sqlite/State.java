package dev.bellhop.listener.journal.sqlite;

import dev.bellhop.listener.journal.DeliveryState;

/// The states as the database holds them: unfinished ones are below 10, those given up above. The statements and the
/// partial indexes spell these bounds out, because SQLite uses such an index only where it finds the same words.
final class State {
    static final int PENDING = 0;
    static final int RETRYING = 1;
    static final int DONE = 10;
    static final int DEAD = 11;
    static final int CORRUPT = 12;

    private State() {}

    static DeliveryState of(int code) {
        return switch (code) {
            case PENDING -> DeliveryState.PENDING;
            case RETRYING -> DeliveryState.RETRYING;
            case DONE -> DeliveryState.DONE;
            case DEAD -> DeliveryState.DEAD;
            // A state that no one wrote is a flipped bit.
            default -> DeliveryState.CORRUPT;
        };
    }

    /// The condition that holds for rows in this state.
    static String condition(DeliveryState state) {
        return switch (state) {
            case PENDING -> "state<10 AND state=" + PENDING;
            case RETRYING -> "state<10 AND state=" + RETRYING;
            case DONE -> "state=" + DONE;
            case DEAD -> "state>10 AND state=" + DEAD;
            case CORRUPT -> "state>10 AND state=" + CORRUPT;
        };
    }
}
