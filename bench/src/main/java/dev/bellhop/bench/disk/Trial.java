package dev.bellhop.bench.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryQuery;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Tried;
import dev.bellhop.listener.journal.sqlite.SqliteJournal;
import dev.bellhop.listener.journal.sqlite.SqliteSettings;

/// Lives with a damaged journal as a listener would: works off what is unfinished, takes in new events, lets people look.
final class Trial {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration LOOK = Duration.ofMillis(40);
    private static final Duration MENDED_WITHIN = Duration.ofMillis(2_500);
    private static final int NEW_EVENTS = 20;
    private static final Clock CLOCK = Clock.systemUTC();

    private final Pristine pristine;
    private final Map<DeliveryId, String> fresh = new HashMap<>();
    private final Set<DeliveryId> delivered = new HashSet<>();
    private final Set<DeliveryId> wrong = new HashSet<>();
    private final Set<DeliveryId> again = new HashSet<>();

    Trial(Pristine pristine) {
        this.pristine = pristine;
    }

    /// How it went, the best first.
    enum Result {
        /// Nothing was noticed, and nothing is missing.
        HARMLESS,
        /// What is damaged was told of; the rest was served.
        TOLD,
        /// The file was set aside and made anew from what could be read of it; each delivery that is missing was told of.
        MADE_ANEW,
        /// The whole file, or the rest of the log, was set aside, which was told; new events were served. What had been done after
        /// that may be done again, and meets the objects that it made.
        SET_ASIDE,
        /// Something unfinished is missing, and nothing told of it.
        LOST_SILENTLY,
        /// What was done was offered again, and nothing told of it.
        AGAIN,
        /// A delivery was offered with an event that is not what was accepted.
        WRONG,
        /// New events are not taken, sound deliveries not offered, or people cannot look.
        STUCK
    }

    /// @param missing unfinished deliveries that were not offered
    record Report(Result result, int missing, long told, String remark) {}

    Report run(Path directory) {
        try (var journal = SqliteJournal.open(SqliteSettings.in(directory), CLOCK)) {
            return live(journal);
        } catch (IOException | RuntimeException e) {
            return new Report(Result.STUCK, pristine.unfinished().size() - delivered.size(), 0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Report live(Journal journal) throws InterruptedException {
        work(journal);
        boolean takes = appendSome(journal);
        work(journal);
        var trouble = look(journal);
        if (trouble.isPresent()) {
            // What can be mended is mended by the time they look again.
            Thread.sleep(MENDED_WITHIN);
            trouble = look(journal);
        }
        var status = journal.status();
        var missing = new HashSet<>(pristine.unfinished());
        missing.removeAll(delivered);
        boolean servesNew = takes && delivered.containsAll(fresh.keySet());
        long told = status.corrupt();
        var remark = trouble.orElse(status.why().orElse(""));
        Result result;
        if (!wrong.isEmpty()) {
            result = Result.WRONG;
        } else if (!again.isEmpty() && status.quarantined() == 0) {
            result = Result.AGAIN;
        } else if (!servesNew || trouble.isPresent() || (status.quarantined() == 0 && missing.size() > Math.max(told, 0)
                && told > 0)) {
            result = Result.STUCK;
        } else if (status.quarantined() > 0) {
            result = again.isEmpty() && missing.size() <= told ? Result.MADE_ANEW : Result.SET_ASIDE;
        } else if (!missing.isEmpty()) {
            result = told > 0 ? Result.TOLD : Result.LOST_SILENTLY;
        } else {
            result = told > 0 ? Result.TOLD : Result.HARMLESS;
        }
        return new Report(result, missing.size(), told, remark);
    }

    private void work(Journal journal) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int idle = 0;
        while (idle < 5 && System.nanoTime() < deadline) {
            var claimed = journal.claim(64, Gate.OPEN, LOOK);
            claimed.forEach(delivery -> done(journal, delivery));
            idle = claimed.isEmpty() ? idle + 1 : 0;
        }
    }

    private void done(Journal journal, Delivery delivery) {
        var id = delivery.id();
        var expected = Optional.ofNullable(pristine.bodies().get(id)).or(() -> Optional.ofNullable(fresh.get(id)));
        var text = delivery.event().body().json().path("text").textValue();
        if (expected.isEmpty() || !expected.get().equals(text)) {
            wrong.add(id);
        }
        if (pristine.bodies().containsKey(id) && !pristine.unfinished().contains(id)) {
            again.add(id);
        }
        delivered.add(id);
        var now = CLOCK.instant();
        var settled = journal.settle(new Tried(delivery, now, now, new Outcome.Done(List.of())));
        settled.exceptionally(_ -> null);
    }

    private boolean appendSome(Journal journal) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int i = 0; i < NEW_EVENTS && System.nanoTime() < deadline;) {
            try {
                Pristine.append(journal, 10_000 + i, fresh);
                i++;
            } catch (IllegalStateException e) {
                // Refused for now; the sender tries again.
                Thread.onSpinWait();
            }
        }
        return fresh.size() == NEW_EVENTS;
    }

    /// What went wrong when people looked.
    private Optional<String> look(Journal journal) {
        try {
            var query = DeliveryQuery.newest(200);
            for (var page = journal.list(query);; page = journal.list(query.before(page.next().get()))) {
                if (page.next().isEmpty()) {
                    break;
                }
            }
            journal.list(DeliveryQuery.newest(50).inTenant("team-1"));
            journal.list(DeliveryQuery.newest(50).thatAre(DeliveryState.DEAD));
            pristine.bodies().keySet().forEach(journal::get);
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
