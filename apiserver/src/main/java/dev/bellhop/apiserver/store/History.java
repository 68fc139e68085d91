package dev.bellhop.apiserver.store;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/// The last changes of one kind. What is older is gone, and a watch from there must list anew.
public final class History {

    private static final int KEPT = 4096;

    private final ArrayDeque<Change> changes = new ArrayDeque<>();
    private long forgottenUpTo;

    void add(Change change) {
        if (changes.size() == KEPT) {
            forgottenUpTo = changes.removeFirst().revision();
        }
        changes.addLast(change);
    }

    /// The changes after a revision, or nothing when some of them are forgotten.
    public Optional<List<Change>> since(long revision) {
        if (revision < forgottenUpTo) {
            return Optional.empty();
        }
        return Optional.of(changes.stream().filter(change -> change.revision() > revision).toList());
    }

    /// The oldest revision that [#since] knows.
    public long oldest() {
        return forgottenUpTo;
    }
}
