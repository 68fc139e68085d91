package dev.bellhop.listener.conditions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.conditions.Conditions;
import dev.bellhop.engine.conditions.Kept;
import dev.bellhop.engine.conditions.Together;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.NotRemembered;
import dev.bellhop.listener.journal.Remembered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps, for each Trigger with [Conditions], the latest of each event that it waits for, until enough has come. The deliveries
/// of such a Trigger are tried one at a time, in every process together, so each finds what those before it left.
///
/// What a delivery did here is remembered under its own id until it is finished: a repeated try adds nothing a second time, and
/// acts for the same events as the first.
public final class Gathering {
    private static final Logger LOG = LoggerFactory.getLogger(Gathering.class);
    private static final String OF_EVENT = "event/";
    private static final String OF_DELIVERY = "delivery/";
    private static final byte[] WAITS = new byte[0];
    private static final JsonMapper JSON = new JsonMapper();

    private final Journal journal;
    private final Clock clock;

    /// Keeps it in `journal`.
    public Gathering(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /// What the Trigger of this UID remembers under.
    public static String memoryOf(String triggerUid) {
        return "conditions/" + triggerUid;
    }

    /// Adds the event of a delivery to what has come.
    ///
    /// @throws NotRemembered            when the journal cannot write now
    /// @throws IllegalArgumentException when the event is too large to be kept
    public Gathered gather(Delivery delivery, Conditions conditions) throws InterruptedException {
        var memory = memoryOf(delivery.triggerUid());
        var mine = OF_DELIVERY + delivery.id();
        var before = journal.recall(memory, mine);
        if (before.isPresent() && before.get().length > 0) {
            return complete(delivery, read(before.get()));
        }
        var come = come(memory, conditions.lastReset(clock.instant()));
        if (before.isPresent()) {
            return new Gathered.Waiting(come.keySet());
        }
        var classified = conditions.classify(delivery.event(), delivery.extensions());
        classified.complaints().forEach(why -> LOG.atWarn().addKeyValue("trigger", delivery.trigger())
                .addKeyValue("eventID", delivery.event().id()).log("conditions: {}", why));
        if (classified.names().isEmpty()) {
            return new Gathered.Waiting(Set.of());
        }
        var changes = finishedOnes(memory, mine);
        var kept = Kept.of(delivery.event(), delivery.extensions());
        for (var name : classified.names()) {
            var known = come.get(name);
            if (known == null || !known.receivedAt().isAfter(kept.receivedAt())) {
                come.put(name, kept);
                changes.put(OF_EVENT + name, Optional.of(kept.bytes()));
            }
        }
        if (!conditions.hold(come.keySet())) {
            changes.put(mine, Optional.of(WAITS));
            remember(new Remembered(memory, changes));
            return new Gathered.Waiting(come.keySet());
        }
        come.keySet().forEach(name -> changes.put(OF_EVENT + name, Optional.empty()));
        changes.put(mine, Optional.of(bytes(come)));
        remember(new Remembered(memory, changes));
        return complete(delivery, come);
    }

    /// The latest of each event, by name, but not what was forgotten.
    private Map<String, Kept> come(String memory, Optional<Instant> forgotten) {
        var come = new TreeMap<String, Kept>();
        journal.recallAll(memory, OF_EVENT, (key, bytes) -> {
            var kept = Kept.read(bytes);
            if (forgotten.isEmpty() || kept.receivedAt().isAfter(forgotten.get())) {
                come.put(key.substring(OF_EVENT.length()), kept);
            }
        });
        return come;
    }

    /// What other deliveries did is not needed any more once they are finished.
    private Map<String, Optional<byte[]>> finishedOnes(String memory, String mine) {
        var changes = new HashMap<String, Optional<byte[]>>();
        journal.recallAll(memory, OF_DELIVERY, (key, _) -> {
            boolean finished = DeliveryId.read(key.substring(OF_DELIVERY.length())).flatMap(journal::get)
                    .map(history -> history.summary().state().isFinished()).orElse(true);
            if (!key.equals(mine) && finished) {
                changes.put(key, Optional.empty());
            }
        });
        return changes;
    }

    private void remember(Remembered changes) throws InterruptedException {
        try {
            journal.remember(changes).toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotRemembered refused) {
                throw refused;
            }
            throw new IllegalStateException("what has come could not be remembered", e);
        }
    }

    private static Gathered complete(Delivery delivery, Map<String, Kept> come) {
        var together = Together.of(delivery.event(), come);
        return new Gathered.Complete(together.event(), together.extensions());
    }

    private static byte[] bytes(Map<String, Kept> come) {
        var all = JsonNodeFactory.instance.objectNode();
        come.forEach((name, kept) -> all.put(name, kept.bytes()));
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Kept> read(byte[] bytes) {
        var come = new TreeMap<String, Kept>();
        try {
            ObjectNode all = (ObjectNode) JSON.readTree(bytes);
            for (var entry : all.properties()) {
                come.put(entry.getKey(), Kept.read(entry.getValue().binaryValue()));
            }
            return come;
        } catch (IOException e) {
            throw new UncheckedIOException("what had come cannot be read", e);
        }
    }
}
