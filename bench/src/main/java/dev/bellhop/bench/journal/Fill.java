package dev.bellhop.bench.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.listener.journal.Accepted;
import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.DedupKey;
import dev.bellhop.listener.journal.Door;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.NewDelivery;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Tried;
import dev.bellhop.listener.journal.sqlite.SqliteJournal;
import dev.bellhop.listener.journal.sqlite.SqliteSettings;

/// Fills a journal as six days of use would: a hundred tenants with five Triggers each; one of twenty deliveries was given up, and
/// one of fifty is unfinished.
final class Fill {
    static final int TENANTS = 100;
    static final int TRIGGERS = 5;
    private static final Duration SPAN = Duration.ofDays(6);
    private static final int APPENDERS = 256;
    private static final int AT_ONCE = 256;
    private static final Headers HEADERS = Headers.of(List.of(Map.entry("Content-Type", "application/json"),
            Map.entry("X-GitHub-Event", "push")));

    private final long records;
    private final Clock clock;
    private final AtomicLong appended = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();

    Fill(long records) {
        this.records = records;
        var begin = Instant.now().minus(SPAN);
        InstantSource source = () -> begin.plus(SPAN.multipliedBy(appended.get()).dividedBy(records));
        clock = source.withZone(ZoneOffset.UTC);
    }

    static ObjectName trigger(long number) {
        return new ObjectName("team-%03d".formatted(number % TENANTS), "trigger-" + number / TENANTS % TRIGGERS);
    }

    static String dedupKey(long number) {
        return "delivery-" + number;
    }

    /// Fills the journal in `directory`.
    void run(Path directory) throws IOException, InterruptedException {
        try (var journal = SqliteJournal.open(SqliteSettings.in(directory), clock)) {
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < APPENDERS; i++) {
                int first = i;
                threads.add(Thread.ofVirtual().start(() -> append(journal, first)));
            }
            finish(journal, records - records / 50);
            for (var thread : threads) {
                thread.join();
            }
        }
    }

    private void append(Journal journal, long first) {
        for (long number = first; number < records; number += APPENDERS) {
            var now = clock.instant();
            var event = new Event(EventId.at(now, ThreadLocalRandom.current()), now, "POST", "/", HEADERS,
                    Body.of(JsonNodeFactory.instance.objectNode().put("number", number).put("ref", "refs/heads/main")
                            .put("message", "x".repeat(500))));
            var trigger = trigger(number);
            var accepted = new Accepted(event,
                    List.of(new NewDelivery(Door.listener(new ObjectName("bellhop", "shared")), trigger,
                            "uid-of-" + trigger,
                            JsonNodeFactory.instance.objectNode(),
                            Optional.of(new DedupKey(dedupKey(number), Duration.ofHours(1))), Optional.empty())));
            while (!(journal.append(accepted).toCompletableFuture().join() instanceof Appended.Durable)) {
                LockSupport.parkNanos(1_000_000);
            }
            appended.incrementAndGet();
        }
    }

    private void finish(Journal journal, long wanted) throws InterruptedException {
        long claimed = 0;
        while (claimed < wanted) {
            for (var delivery : journal.claim((int) Math.min(AT_ONCE, wanted - claimed), Gate.OPEN,
                    Duration.ofMillis(100))) {
                claimed++;
                var now = clock.instant();
                var trigger = delivery.trigger();
                var outcome = claimed % 20 == 0
                        ? new Outcome.Dead("create", "quota exceeded", List.of())
                        : new Outcome.Done(List.of(new ObjectRef("v1", "ConfigMap", trigger.namespace(),
                                "push-" + claimed, "uid-" + claimed)));
                journal.settle(new Tried(delivery, now, now, outcome)).thenRun(finished::incrementAndGet);
            }
        }
        while (finished.get() < wanted) {
            Thread.sleep(10);
        }
    }
}
