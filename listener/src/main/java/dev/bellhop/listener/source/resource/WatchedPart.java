package dev.bellhop.listener.source.resource;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.source.resource.Change;
import dev.bellhop.engine.source.resource.ChangeFilter.Verdict;
import dev.bellhop.engine.source.resource.ChangeType;
import dev.bellhop.engine.source.resource.Content;
import dev.bellhop.engine.source.resource.ResourceSettings;
import dev.bellhop.engine.source.resource.WatchedObject;
import dev.bellhop.listener.source.kube.Courier;
import dev.bellhop.listener.source.kube.ServedKind;
import dev.bellhop.listener.source.kube.Sink;
import dev.bellhop.listener.source.kube.WatchingSource.Opening;
import dev.bellhop.spi.source.SourceContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The objects of one cluster and one namespace, or all: compares what is read with what is known, and so tells what is a change.
/// It does not matter whether a change was watched or is found in a list, in this run or after it: each is found once.
final class WatchedPart implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedPart.class);

    private final String cluster;
    private final ResourceSettings settings;
    private final SourceContext context;
    private final Courier courier;
    private final PartMemory memory;
    private final Instant since;
    private final Instant startedAt;
    private final boolean keepsBodies;
    private final Map<String, Known> index = new HashMap<>();
    private Optional<String> position;
    /// Whether all objects were known once: what is new from then on was really added.
    private boolean complete;
    /// Whether all that happened before this run is known.
    private boolean caughtUp;
    /// Whether what the first list finds may well have been made while the source was there already.
    private boolean isLate;
    private int list = 1;
    private @Nullable ServedKind kind;

    /// Takes over what is remembered of `part`, as of earlier runs.
    WatchedPart(ResourceSettings settings, SourceContext context, Opening part) {
        this.settings = settings;
        this.context = context;
        cluster = part.door().cluster();
        courier = part.courier();
        since = part.since();
        isLate = part.isLate();
        startedAt = Instant.ofEpochSecond(context.clock().instant().getEpochSecond());
        keepsBodies = settings.filter().events().contains(ChangeType.UPDATE)
                || settings.filter().events().contains(ChangeType.DELETE);
        memory = new PartMemory(context, courier, part.name());
        memory.forEach((object, stored) -> index.put(object, Known.of(stored)));
        complete = memory.position().isPresent();
        // With afterStart, what happened meanwhile must be told from what happens now: a list can.
        position = settings.filter().afterStart() ? Optional.empty() : memory.position();
    }

    @Override
    public Optional<String> position() {
        return position;
    }

    @Override
    public void notServed() {
        isLate = true;
    }

    @Override
    public void listBegins(ServedKind served) {
        kind = served;
        list++;
    }

    @Override
    public void watchBegins(ServedKind served) {
        kind = served;
    }

    @Override
    public void listed(ObjectNode json) throws InterruptedException {
        var object = WatchedObject.of(json);
        var known = index.get(key(object));
        if (known == null || known.gone) {
            appeared(object, !complete && isOlderThanTheSource(object));
        } else if (!known.is(object.uid())) {
            vanished(key(object), known);
            appeared(object, false);
        } else if (!known.covers(object.resourceVersion())) {
            updated(object, known);
        }
        var now = index.get(key(object));
        if (now != null) {
            now.list = list;
        }
        writeWhenDue();
    }

    @Override
    public void listEnded(String resourceVersion) throws InterruptedException {
        for (var entry : index.entrySet()) {
            var known = entry.getValue();
            if (known.list != list && !known.gone) {
                vanished(entry.getKey(), known);
                writeWhenDue();
            }
        }
        complete = true;
        caughtUp = true;
        position = Optional.of(resourceVersion);
        memory.write(position, index);
    }

    @Override
    public void added(ObjectNode json) throws InterruptedException {
        modified(json);
    }

    @Override
    public void modified(ObjectNode json) throws InterruptedException {
        var object = WatchedObject.of(json);
        var known = index.get(key(object));
        if (known == null) {
            appeared(object, false);
        } else if (!known.covers(object.resourceVersion())) {
            if (known.gone) {
                appeared(object, false);
            } else if (known.is(object.uid())) {
                updated(object, known);
            } else {
                vanished(key(object), known);
                appeared(object, false);
            }
        }
        passed(object.resourceVersion());
    }

    @Override
    public void deleted(ObjectNode json) throws InterruptedException {
        var object = WatchedObject.of(json);
        var known = index.get(key(object));
        if (known != null && !known.gone && known.is(object.uid())) {
            gone(key(object), known, object, false);
        }
        passed(object.resourceVersion());
    }

    @Override
    public void reached(String resourceVersion) throws InterruptedException {
        position = Optional.of(resourceVersion);
        memory.write(position, index);
    }

    @Override
    public void positionLost() {
        position = Optional.empty();
    }

    @Override
    public void close() throws InterruptedException {
        courier.close();
        memory.write(complete ? position : Optional.empty(), index);
    }

    private void passed(String resourceVersion) throws InterruptedException {
        position = Optional.of(resourceVersion);
        writeWhenDue();
    }

    private void writeWhenDue() throws InterruptedException {
        if (memory.isDue()) {
            memory.write(complete ? position : Optional.empty(), index);
        }
    }

    /// Kubernetes knows times to the second: what was made in the very second counts as older, unless there is reason to think
    /// otherwise.
    private boolean isOlderThanTheSource(WatchedObject object) {
        return object.createdAt().filter(at -> at.plusSeconds(isLate ? 1 : 0).isAfter(since)).isEmpty();
    }

    /// @param initial whether it was there before the source was
    private void appeared(WatchedObject object, boolean initial) throws InterruptedException {
        long hash = Content.hash(object.json());
        index.put(key(object),
                new Known(object.uid(), object.resourceVersion(), hash, object.generation(), false));
        if (initial && !settings.initialAdd()) {
            memory.put(key(object), stored(object, hash));
            return;
        }
        var change = new Change(ChangeType.ADD, object, false, false, object.createdAt(),
                isBeforeThisRun(object.createdAt()));
        bring(change, stored(object, hash), object.resourceVersion(), Optional.empty(), initial);
    }

    private void updated(WatchedObject object, Known known) throws InterruptedException {
        long hash = Content.hash(object.json());
        var change = new Change(ChangeType.UPDATE, object, hash != known.hash, object.generation() != known.generation,
                // The times of managedFields stay behind when only values change.
                caughtUp ? Optional.empty() : object.writtenAt(), isBeforeThisRun(object.writtenAt()));
        known.version = Known.version(object.resourceVersion());
        known.hash = hash;
        known.generation = object.generation();
        bring(change, stored(object, hash), object.resourceVersion(),
                Optional.of(() -> memory.get(key(object)).flatMap(StoredObject::object)), false);
    }

    /// Whether something that was written at this time happened before this run, as far as one can tell.
    private boolean isBeforeThisRun(Optional<Instant> at) {
        return !caughtUp && at.filter(time -> !time.isBefore(startedAt)).isEmpty();
    }

    /// It is not there any more; nobody saw it go.
    private void vanished(String key, Known known) throws InterruptedException {
        var last = memory.get(key);
        var object = last.flatMap(StoredObject::object).orElseGet(() -> nameOnly(key, last));
        gone(key, known, WatchedObject.of(object), !caughtUp);
    }

    private void gone(String key, Known known, WatchedObject object, boolean isOld)
            throws InterruptedException {
        var before = memory.get(key).map(StoredObject::resourceVersion).orElse(object.resourceVersion());
        known.gone = true;
        known.version = Known.version(object.resourceVersion());
        var tomb = new StoredObject(object.uid(), object.resourceVersion(), known.hash, known.generation, true,
                Optional.empty());
        bring(new Change(ChangeType.DELETE, object, false, false, object.deletedAt(), isOld), tomb, before,
                Optional.empty(), false);
    }

    private ObjectNode nameOnly(String key, Optional<StoredObject> last) {
        var served = kind;
        var json = JsonNodeFactory.instance.objectNode();
        if (served != null) {
            json.put("apiVersion", served.apiVersion()).put("kind", served.kind());
        }
        var metadata = json.putObject("metadata").put("name", key.substring(key.indexOf('/') + 1));
        if (key.indexOf('/') > 0) {
            metadata.put("namespace", key.substring(0, key.indexOf('/')));
        }
        last.ifPresent(stored -> metadata.put("uid", stored.uid()).put("resourceVersion", stored.resourceVersion()));
        return json;
    }

    /// @param version distinguishes this change from others of the same type of the object
    private void bring(Change change, StoredObject stored, String version, Optional<OldBody> oldBody, boolean initial)
            throws InterruptedException {
        var object = change.object();
        switch (settings.filter().judge(change)) {
            case Verdict.Brought _ -> {
                var before = oldBody.flatMap(OldBody::read);
                var event = ChangeEvent.of(cluster, kind, change, version, before, initial, context.clock(),
                        memory.withEvent(key(object), stored));
                courier.send(key(object), position.orElse(""), event);
            }
            case Verdict.Dropped(var why) -> {
                LOG.atDebug().addKeyValue("source", context.namespace() + "/" + context.name())
                        .addKeyValue("type", change.type()).addKeyValue("object", key(object)).addKeyValue("why", why)
                        .log("A change is not brought");
                context.dropped(why, told(change));
                memory.put(key(object), stored);
            }
            case Verdict.Loop(var why) -> {
                LOG.atWarn().addKeyValue("source", context.namespace() + "/" + context.name())
                        .addKeyValue("type", change.type()).addKeyValue("object", key(object)).addKeyValue("why", why)
                        .log("A loop ends here: a change is not brought");
                context.dropped("maxHops", told(change));
                memory.put(key(object), stored);
            }
        }
    }

    private static String told(Change change) {
        var object = change.object();
        return change.type().word() + " " + (object.namespace().isEmpty() ? object.name() : key(object));
    }

    /// Reads what an object was before, when somebody wants to know.
    private interface OldBody {
        Optional<ObjectNode> read();
    }

    private StoredObject stored(WatchedObject object, long hash) {
        return new StoredObject(object.uid(), object.resourceVersion(), hash, object.generation(), false,
                keepsBodies ? StoredObject.deflated(object.json()) : Optional.empty());
    }

    private static String key(WatchedObject object) {
        return object.namespace() + "/" + object.name();
    }
}
