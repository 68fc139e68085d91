package dev.bellhop.listener.journal.stored;

import java.util.Set;
import java.util.stream.Collectors;

import dev.bellhop.listener.journal.DeliveryState;

/// The states as a database holds them: unfinished ones are below 10, those that did not end well above. The statements and
/// the partial indexes spell these bounds out, because a database uses such an index only where it finds the same words.
public final class State {
    public static final int PENDING = 0;
    public static final int RETRYING = 1;
    public static final int DONE = 10;
    public static final int DEAD = 11;
    public static final int CORRUPT = 12;
    public static final int DUPLICATE = 13;
    public static final int CANCELLED = 14;

    private State() {}

    /// What a row says.
    public static DeliveryState of(int code) {
        return switch (code) {
            case PENDING -> DeliveryState.PENDING;
            case RETRYING -> DeliveryState.RETRYING;
            case DONE -> DeliveryState.DONE;
            case DEAD -> DeliveryState.DEAD;
            case DUPLICATE -> DeliveryState.DUPLICATE;
            case CANCELLED -> DeliveryState.CANCELLED;
            // A state that no one wrote is a flipped bit.
            default -> DeliveryState.CORRUPT;
        };
    }

    /// What a row is to say.
    public static int code(DeliveryState state) {
        return switch (state) {
            case PENDING -> PENDING;
            case RETRYING -> RETRYING;
            case DONE -> DONE;
            case DEAD -> DEAD;
            case CORRUPT -> CORRUPT;
            case DUPLICATE -> DUPLICATE;
            case CANCELLED -> CANCELLED;
        };
    }

    /// Whether these are states, and none of them finished.
    static boolean areUnfinished(Set<DeliveryState> states) {
        return !states.isEmpty() && states.stream().noneMatch(DeliveryState::isFinished);
    }

    /// The condition on the column `state` that holds for rows in one of these states; they must not be none.
    public static String condition(Set<DeliveryState> states) {
        var codes = states.stream().map(State::code).sorted().toList();
        var in = codes.size() == 1
                ? "state=" + codes.getFirst()
                : "state IN (" + codes.stream().map(String::valueOf).collect(Collectors.joining(",")) + ")";
        // Spelled out for the partial indexes.
        return codes.getLast() < DONE ? "state<10 AND " + in : codes.getFirst() > DONE ? "state>10 AND " + in : in;
    }
}
