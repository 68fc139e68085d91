package dev.bellhop.bench.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.listener.journal.Accepted;
import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.Door;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.NewDelivery;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Tried;
import dev.bellhop.listener.journal.sqlite.SqliteJournal;
import dev.bellhop.listener.journal.sqlite.SqliteSettings;

/// The files of a journal that is in order, and what is in it.
///
/// @param folded     the files after the journal was closed: all of it is in the database
/// @param inLog      the files while it was open: much of it is in the write-ahead log
/// @param bodies     what each delivery is about
/// @param unfinished those still to be done
record Pristine(Path folded, Path inLog, Map<DeliveryId, String> bodies, Set<DeliveryId> unfinished) {
    private static final int DELIVERIES = 600;
    private static final int FINISHED = 450;
    private static final Clock CLOCK = Clock.systemUTC();

    static Pristine make(Path folder) throws IOException, InterruptedException {
        var folded = folder.resolve("folded");
        var inLog = folder.resolve("in-log");
        var bodies = new HashMap<DeliveryId, String>();
        var unfinished = new HashSet<DeliveryId>();
        try (var journal = SqliteJournal.open(SqliteSettings.in(folded), CLOCK)) {
            for (int number = 0; number < DELIVERIES; number++) {
                append(journal, number, bodies);
            }
            unfinished.addAll(bodies.keySet());
            finish(journal, unfinished);
            copy(folded, inLog);
        }
        return new Pristine(folded, inLog, bodies, unfinished);
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (var part : List.of("journal.db", "journal.db-wal")) {
            if (Files.exists(from.resolve(part))) {
                Files.copy(from.resolve(part), to.resolve(part));
            }
        }
    }

    /// Appends the event of this number for one of six Triggers.
    static void append(Journal journal, int number, Map<DeliveryId, String> bodies) {
        var random = new Random(number);
        // Some are larger than a page, and noise, so that they stay so.
        var noise = new byte[number % 10 == 0 ? 12_000 : 600];
        random.nextBytes(noise);
        var text = HexFormat.of().formatHex(noise);
        var now = CLOCK.instant();
        var event = new Event(EventId.at(now, ThreadLocalRandom.current()), now, "POST", "/",
                Headers.of(List.of(Map.entry("X-GitHub-Event", "push"))),
                Body.of(JsonNodeFactory.instance.objectNode().put("text", text)));
        var extensions = JsonNodeFactory.instance.objectNode();
        if (number % 5 == 0) {
            extensions.put("number", number);
        }
        var answer = journal.append(new Accepted(event,
                List.of(new NewDelivery(Door.listener(new ObjectName("bellhop", "shared")),
                        new ObjectName("team-" + number % 2, "trigger-" + number % 3), "uid-" + number % 6,
                        extensions))))
                .toCompletableFuture().join();
        switch (answer) {
            case Appended.Durable durable -> durable.ids().forEach(id -> bodies.put(id, text));
            case Appended.Unavailable(var why, var _) -> throw new IllegalStateException("not accepted: " + why);
        }
    }

    private static void finish(Journal journal, Set<DeliveryId> unfinished) throws InterruptedException {
        int done = 0;
        while (done < FINISHED) {
            for (var delivery : journal.claim(Math.min(64, FINISHED - done), Gate.OPEN, Duration.ofSeconds(1))) {
                done++;
                var now = CLOCK.instant();
                var made = List.of(new ObjectRef("v1", "ConfigMap", "team", "push-" + done, "uid-" + done));
                var outcome = done % 3 == 0
                        ? new Outcome.Dead("create", "forbidden", made)
                        : new Outcome.Done(made);
                journal.settle(new Tried(delivery, now, now, outcome)).toCompletableFuture().join();
                unfinished.remove(delivery.id());
            }
        }
    }
}
