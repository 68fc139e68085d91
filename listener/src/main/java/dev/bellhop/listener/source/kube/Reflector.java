package dev.bellhop.listener.source.kube;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists the objects of one kind, in pages, then watches their changes, for ever: what breaks off goes on where it was, and where
/// the server does not know that any more, the objects are listed again. Holds one object at a time.
final class Reflector implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);
    private static final int PAGE = 500;
    private static final Duration PAGE_TIME = Duration.ofMinutes(2);
    /// How long one watch lasts, at least; up to a quarter more is left to chance.
    private static final int WATCH_SECONDS = 240;
    /// How much longer than it asked for a watch may last before the connection counts as dead.
    private static final Duration GRACE = Duration.ofSeconds(20);

    /// A watch that lasted for so long worked.
    private static final Duration STEADY = Duration.ofSeconds(2);

    private final Door door;
    private final Wanted wanted;
    private final Sink sink;
    private final Consumer<Fare> fares;
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
    private @Nullable ServedKind kind;
    private volatile @Nullable InputStream open;
    private volatile boolean closed;

    /// `fares` is told whenever something begins or ceases to work; it may hear the same twice.
    Reflector(Door door, Wanted wanted, Sink sink, Consumer<Fare> fares) {
        this.door = door;
        this.wanted = wanted;
        this.sink = sink;
        this.fares = fares;
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                follow();
            } catch (Refusal e) {
                if (e.isExpired()) {
                    LOG.atDebug().addKeyValue("objects", wanted).log("The position is too old; listing again");
                    sink.positionLost();
                } else {
                    pause(e);
                }
            } catch (IOException e) {
                pause(e);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).addKeyValue("objects", wanted).log("Following objects failed; trying again");
                pause(new IOException(e.toString(), e));
            }
        }
    }

    /// Ends it from any thread; the thread that runs it returns soon after it is interrupted.
    public void stop() {
        closed = true;
        var stream = open;
        if (stream != null) {
            close(stream);
        }
    }

    private void follow() throws IOException, InterruptedException {
        var api = door.api();
        var served = kind;
        if (served == null) {
            served = ServedKind.find(api, wanted.kind()).orElse(null);
            if (served == null) {
                sink.notServed();
                throw new NotServed(wanted.kind() + " is not served there; waiting for it to appear");
            }
            if (!served.namespaced() && wanted.namespaceChosen()) {
                throw new NotServed(served.kind() + " has no namespaces: leave the field namespaces out");
            }
            kind = served;
        }
        if (sink.position().isEmpty()) {
            list(api, served);
        }
        long start = System.nanoTime();
        try {
            watch(api, served);
        } finally {
            if (System.nanoTime() - start > STEADY.toNanos()) {
                backoff.reset();
            }
        }
        if (System.nanoTime() - start < STEADY.toNanos() && !closed) {
            // Something between here and the server ends watches as soon as they begin.
            Thread.sleep(backoff.next());
        }
    }

    private void list(KubeApi api, ServedKind served) throws IOException, InterruptedException {
        sink.listBegins(served);
        var query = "?limit=" + PAGE + selector();
        var start = "";
        var next = "";
        do {
            var page = next.isEmpty() ? query : query + "&continue=" + encoded(next);
            try (var stream = opened(
                    api.open(served.collection(wanted.namespace()) + page, wanted.accept(true), PAGE_TIME))) {
                var end = readPage(stream, served);
                // The first page says of which moment the list is.
                start = start.isEmpty() ? end.resourceVersion : start;
                next = end.next;
            }
        } while (!next.isEmpty());
        sink.listEnded(start);
    }

    private record PageEnd(String resourceVersion, String next) {}

    private PageEnd readPage(InputStream stream, ServedKind served) throws IOException, InterruptedException {
        var end = Optional.<PageEnd>empty();
        boolean whole = false;
        try (var parser = KubeApi.JSON.createParser(stream)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("what came is no list of objects");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "metadata" -> {
                        ObjectNode metadata = parser.readValueAsTree();
                        end = Optional.of(new PageEnd(metadata.path("resourceVersion").asText(),
                                metadata.path("continue").asText("")));
                    }
                    case "items" -> {
                        // A list without objects may have null here.
                        while (parser.currentToken() != JsonToken.VALUE_NULL
                                && parser.nextToken() == JsonToken.START_OBJECT) {
                            sink.listed(named(parser, served));
                        }
                    }
                    default -> parser.skipChildren();
                }
            }
            whole = parser.currentToken() == JsonToken.END_OBJECT;
        }
        if (!whole) {
            throw new IOException("the list broke off");
        }
        return end.orElseThrow(() -> new IOException("the list has no metadata"));
    }

    private void watch(KubeApi api, ServedKind served) throws IOException, InterruptedException {
        int seconds = WATCH_SECONDS + ThreadLocalRandom.current().nextInt(WATCH_SECONDS / 4);
        var query = "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + seconds + "&resourceVersion="
                + encoded(sink.position().orElse("")) + selector();
        try (var stream = opened(api.open(served.collection(wanted.namespace()) + query, wanted.accept(false),
                GRACE.plusSeconds(seconds)))) {
            sink.watchBegins(served);
            fares.accept(new Fare.Watching());
            // Waits for the first bytes: not before the watch is told.
            var parser = KubeApi.JSON.createParser(stream);
            while (!closed && parser.nextToken() == JsonToken.START_OBJECT) {
                ObjectNode event = parser.readValueAsTree();
                take(event, served);
            }
        }
    }

    private void take(ObjectNode event, ServedKind served) throws IOException, InterruptedException {
        if (!(event.get("object") instanceof ObjectNode object)) {
            throw new IOException("a watch sent an event without an object");
        }
        switch (event.path("type").asText()) {
            case "ADDED" -> sink.added(named(object, served));
            case "MODIFIED" -> sink.modified(named(object, served));
            case "DELETED" -> sink.deleted(named(object, served));
            case "BOOKMARK" -> sink.reached(object.path("metadata").path("resourceVersion").asText());
            case "ERROR" -> throw new Refusal(object.path("code").asInt(), object.path("message").asText(),
                    Optional.empty());
            default -> throw new IOException("a watch sent an event of the unknown type " + event.path("type"));
        }
    }

    private static ObjectNode named(JsonParser parser, ServedKind served) throws IOException {
        ObjectNode object = parser.readValueAsTree();
        return named(object, served);
    }

    /// Objects in lists do not say what they are, and metadata alone says something else.
    private static ObjectNode named(ObjectNode object, ServedKind served) {
        if (served.kind().equals(object.path("kind").asText())
                && served.apiVersion().equals(object.path("apiVersion").asText())) {
            return object;
        }
        var named = object.objectNode().put("apiVersion", served.apiVersion()).put("kind", served.kind());
        object.remove("apiVersion");
        object.remove("kind");
        return named.setAll(object);
    }

    private String selector() {
        return wanted.labelSelector().isEmpty() ? "" : "&labelSelector=" + encoded(wanted.labelSelector());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private InputStream opened(InputStream stream) {
        open = stream;
        if (closed) {
            close(stream);
        }
        return stream;
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("Closing a connection failed");
        }
    }

    private void pause(IOException e) {
        if (closed) {
            return;
        }
        if (e instanceof Refusal refusal && refusal.status() == 404) {
            // The kind may be gone, or served in another way.
            kind = null;
        }
        door.failed(e);
        var failing = failing(e);
        fares.accept(failing);
        var wait = backoff.next();
        if (e instanceof Refusal refusal && refusal.retryAfter().isPresent()) {
            wait = refusal.retryAfter().get().compareTo(wait) > 0 ? refusal.retryAfter().get() : wait;
        }
        LOG.atDebug().addKeyValue("objects", wanted).addKeyValue("why", failing.message()).addKeyValue("in", wait)
                .log("Objects cannot be read; trying again");
        try {
            Thread.sleep(wait);
        } catch (InterruptedException interrupted) {
            closed = true;
        }
    }

    private Fare.Failing failing(IOException e) {
        var where = "cluster " + door.cluster() + ": ";
        return switch (e) {
            case NotServed notServed -> new Fare.Failing("KindNotServed", where + notServed.getMessage());
            case Door.Unusable unusable -> new Fare.Failing("BadCredentials", where + unusable.getMessage());
            case Refusal refusal when refusal.status() == 401 -> new Fare.Failing("Unauthorized",
                    where + "its credentials are not accepted: " + refusal.getMessage());
            case Refusal refusal when refusal.status() == 403 -> new Fare.Failing("Forbidden",
                    where + refusal.getMessage() + ": allow it to list and watch");
            case Refusal refusal -> new Fare.Failing("Refused", where + refusal.getMessage());
            default -> new Fare.Failing("Unreachable", where + e.getMessage());
        };
    }

    /// The cluster has no such kind, for now.
    private static final class NotServed extends IOException {
        private static final long serialVersionUID = 1;

        NotServed(String message) {
            super(message);
        }
    }
}
