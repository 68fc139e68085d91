package dev.bellhop.listener.source.resource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;

import dev.bellhop.listener.source.kube.Courier;
import dev.bellhop.listener.source.kube.Scope;
import dev.bellhop.spi.source.SourceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a [WatchedPart] has on disk: its position, and a [StoredObject] for each object. What belongs to an event is written with
/// the event; the rest is gathered and written now and then, since a reader that goes back finds it out again.
final class PartMemory {
    private static final Logger LOG = LoggerFactory.getLogger(PartMemory.class);
    private static final int MOST_GATHERED = 256;
    private static final long GATHERED_FOR = 1_000_000_000L;
    private static final long PAUSE_MILLIS = 1_000;

    private final SourceContext context;
    private final Courier courier;
    private final String positionKey;
    private final String objectPrefix;
    private final Map<String, byte[]> gathered = new LinkedHashMap<>();
    private final ArrayDeque<Grave> graves = new ArrayDeque<>();
    private String writtenPosition;
    private long writtenAt = System.nanoTime();

    /// A deleted object that is still remembered.
    private record Grave(String object, long version) {}

    PartMemory(SourceContext context, Courier courier, String part) {
        this.context = context;
        this.courier = courier;
        positionKey = Scope.POSITION + part;
        objectPrefix = Scope.OBJECT + part + "/";
        writtenPosition = context.memory().get(positionKey).map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }

    /// The position as of the last run; empty when there was none that knew all objects.
    Optional<String> position() {
        return Optional.of(writtenPosition).filter(text -> !text.isEmpty());
    }

    /// Calls `each` with everything that is remembered.
    void forEach(BiConsumer<String, StoredObject> each) {
        context.memory().forEach(objectPrefix, (key, value) -> {
            var object = key.substring(objectPrefix.length());
            var stored = StoredObject.of(value);
            if (stored.gone()) {
                graves.add(new Grave(object, Known.version(stored.resourceVersion())));
            }
            each.accept(object, stored);
        });
    }

    /// What is remembered of `object`, or will be when the events under way are kept.
    Optional<StoredObject> get(String object) {
        var bytes = gathered.get(object);
        return Optional.ofNullable(bytes).or(() -> courier.remembered(object, objectPrefix + object))
                .or(() -> context.memory().get(objectPrefix + object)).map(StoredObject::of);
    }

    /// What to write with an event about `object`.
    Map<String, Optional<byte[]>> withEvent(String object, StoredObject stored) {
        gathered.remove(object);
        bury(object, stored);
        return Map.of(objectPrefix + object, Optional.of(stored.bytes()));
    }

    /// Remembers something that is no event.
    void put(String object, StoredObject stored) {
        gathered.put(object, stored.bytes());
        bury(object, stored);
    }

    private void bury(String object, StoredObject stored) {
        if (stored.gone()) {
            graves.add(new Grave(object, Known.version(stored.resourceVersion())));
        }
    }

    /// Whether it is time to [#write].
    boolean isDue() {
        return gathered.size() >= MOST_GATHERED || System.nanoTime() - writtenAt > GATHERED_FOR;
    }

    /// Writes what is gathered, and that everything up to `position`, if that is present, is known. Forgets deleted objects that
    /// lie before it. Blocks until it is on disk; tries for as long as it takes.
    void write(Optional<String> position, Map<String, Known> index) throws InterruptedException {
        var changes = new HashMap<String, Optional<byte[]>>();
        for (var entry : gathered.entrySet()) {
            // What an event under way remembers would be written after this, and is older.
            if (!courier.isBusyWith(entry.getKey())) {
                changes.put(objectPrefix + entry.getKey(), Optional.of(entry.getValue()));
            }
        }
        var settled = position.map(courier::settled).filter(reached -> !reached.isEmpty()
                && !reached.equals(writtenPosition));
        settled.ifPresent(reached -> {
            changes.put(positionKey, Optional.of(reached.getBytes(StandardCharsets.UTF_8)));
            removeGraves(Known.version(reached), index, changes);
        });
        while (!changes.isEmpty() && !isWritten(changes)) {
            Thread.sleep(PAUSE_MILLIS);
        }
        changes.keySet().forEach(key -> {
            if (key.startsWith(objectPrefix)) {
                gathered.remove(key.substring(objectPrefix.length()));
            }
        });
        settled.ifPresent(reached -> writtenPosition = reached);
        writtenAt = System.nanoTime();
    }

    private void removeGraves(long upTo, Map<String, Known> index, Map<String, Optional<byte[]>> changes) {
        while (!graves.isEmpty() && graves.peek().version <= upTo && !courier.isBusyWith(graves.peek().object)) {
            var grave = graves.remove();
            var known = index.get(grave.object);
            // Another object may have the name by now.
            if (known != null && known.gone && known.version == grave.version) {
                index.remove(grave.object);
                gathered.remove(grave.object);
                changes.put(objectPrefix + grave.object, Optional.empty());
            }
        }
    }

    private boolean isWritten(Map<String, Optional<byte[]>> changes) throws InterruptedException {
        try {
            context.memory().put(changes).toCompletableFuture().get();
            return true;
        } catch (ExecutionException e) {
            LOG.atWarn().setCause(e).addKeyValue("source", context.namespace() + "/" + context.name())
                    .log("What a source remembers could not be written; trying again");
            return false;
        }
    }
}
