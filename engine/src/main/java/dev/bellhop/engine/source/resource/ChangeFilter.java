package dev.bellhop.engine.source.resource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which changes of objects are brought.
///
/// @param events        which types of change
/// @param update        which updates count
/// @param namePrefix    what the name begins with; empty for any
/// @param fields        what must hold, all of it
/// @param createdBefore the latest creation
/// @param afterStart    whether what happened before the source started is left out
/// @param includeOwn    whether objects that Bellhop made are watched too
/// @param maxHops       how many actions may lie between an object and the first event
public record ChangeFilter(Set<ChangeType> events, Update update, String namePrefix, List<FieldTest> fields,
        Optional<Instant> createdBefore, boolean afterStart, boolean includeOwn, int maxHops) {
    /// Which updates count.
    public enum Update {
        CONTENT_CHANGED, GENERATION_CHANGED, ALWAYS;

        static Optional<Update> of(String word) {
            return switch (word) {
                case "", "contentChanged" -> Optional.of(CONTENT_CHANGED);
                case "generationChanged" -> Optional.of(GENERATION_CHANGED);
                case "always" -> Optional.of(ALWAYS);
                default -> Optional.empty();
            };
        }
    }

    /// Whether a change is brought.
    public sealed interface Verdict {
        /// It is.
        record Brought() implements Verdict {}

        /// It is not, and `why` is what says so.
        record Dropped(String why) implements Verdict {}

        /// It is not, because it is part of a loop; somebody should know.
        record Loop(String why) implements Verdict {}
    }

    /// Whether `change` is brought.
    public Verdict judge(Change change) {
        if (!events.contains(change.type())) {
            return new Verdict.Dropped("events has no " + change.type().word());
        }
        if (change.type() == ChangeType.UPDATE && !counts(change)) {
            return new Verdict.Dropped("predicate: nothing that counts has changed");
        }
        var object = change.object();
        if (object.isBellhops() && !includeOwn) {
            return new Verdict.Dropped("Bellhop made the object");
        }
        if (change.type() == ChangeType.UPDATE && object.isWrittenByBellhop() && !includeOwn) {
            return new Verdict.Dropped("Bellhop made the change");
        }
        if (object.hops() > maxHops) {
            return new Verdict.Loop(
                    object.hops() + " actions lie between the object and the first event, more than maxHops "
                            + maxHops);
        }
        if (!object.name().startsWith(namePrefix)) {
            return new Verdict.Dropped("namePrefix");
        }
        if (createdBefore.isPresent() && object.createdAt().filter(at -> !at.isAfter(createdBefore.get())).isEmpty()) {
            return new Verdict.Dropped("createdBefore");
        }
        if (afterStart && change.isLate()) {
            return new Verdict.Dropped("afterStart: it happened before");
        }
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.get(i).holdsFor(object.json())) {
                return new Verdict.Dropped("fields[" + i + "]");
            }
        }
        return new Verdict.Brought();
    }

    private boolean counts(Change change) {
        return switch (update) {
            case ALWAYS -> true;
            case CONTENT_CHANGED -> change.contentChanged();
            case GENERATION_CHANGED -> change.generationChanged();
        };
    }
}
