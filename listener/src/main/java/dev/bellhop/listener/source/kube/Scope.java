package dev.bellhop.listener.source.kube;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

import dev.bellhop.spi.source.SourceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the memory of a source is about. When its EventSource comes to name another kind or other labels, what was remembered
/// means nothing any more, and the source begins anew.
public final class Scope {
    /// Before the name of a part: where in memory its position is.
    public static final String POSITION = "position/";
    /// Before the name of a part and a slash: where its objects are.
    public static final String OBJECT = "object/";

    private static final Logger LOG = LoggerFactory.getLogger(Scope.class);
    private static final String KEY = "scope";
    private static final int CHUNK = 500;

    private Scope() {}

    /// Makes the memory be about `now`: forgets all that is about something else. Returns since when it is.
    static Instant enter(SourceContext context, String now) throws InterruptedException, ExecutionException {
        var known = context.memory().get(KEY).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
        int end = known.lastIndexOf('\n');
        if (end >= 0 && known.substring(0, end).equals(now)) {
            return Instant.parse(known.substring(end + 1));
        }
        forget(context, "");
        var since = context.clock().instant();
        put(context, Map.of(KEY, Optional.of((now + "\n" + since).getBytes(StandardCharsets.UTF_8))));
        return since;
    }

    /// Forgets the parts that are remembered and that `keep` does not want.
    static void retain(SourceContext context, Predicate<String> keep) throws InterruptedException, ExecutionException {
        var forgotten = new HashSet<String>();
        context.memory().forEach(POSITION, (key, _) -> {
            var part = key.substring(POSITION.length());
            if (!keep.test(part)) {
                forgotten.add(part);
            }
        });
        for (var part : forgotten) {
            LOG.atDebug().addKeyValue("source", context.namespace() + "/" + context.name()).addKeyValue("part", part)
                    .log("Forgetting what is not watched any more");
            forget(context, part);
        }
    }

    /// Forgets one part.
    static void forget(SourceContext context, String part) throws InterruptedException, ExecutionException {
        forgetAll(context, part.isEmpty() ? OBJECT : OBJECT + part + "/");
        if (part.isEmpty()) {
            forgetAll(context, POSITION);
        } else {
            put(context, Map.of(POSITION + part, Optional.empty()));
        }
    }

    private static void forgetAll(SourceContext context, String prefix)
            throws InterruptedException, ExecutionException {
        var keys = new HashSet<String>();
        context.memory().forEach(prefix, (key, _) -> keys.add(key));
        var removals = new HashMap<String, Optional<byte[]>>();
        for (var key : keys) {
            removals.put(key, Optional.empty());
            if (removals.size() == CHUNK) {
                put(context, Map.copyOf(removals));
                removals.clear();
            }
        }
        put(context, removals);
    }

    private static void put(SourceContext context, Map<String, Optional<byte[]>> changes)
            throws InterruptedException, ExecutionException {
        if (!changes.isEmpty()) {
            context.memory().put(changes).toCompletableFuture().get();
        }
    }
}
