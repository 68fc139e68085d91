package dev.bellhop.listener.admin;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import dev.bellhop.listener.record.Happening;

/// Those who watch what happens.
final class Tails {
    private static final int MOST = 64;

    private final Access access;
    private final Set<Tail> open = ConcurrentHashMap.newKeySet();

    Tails(Access access) {
        this.access = access;
    }

    /// There is no end to a tail and no past in it.
    static Set<String> parameters(Set<String> filters) {
        var all = new TreeSet<>(filters);
        all.remove("from");
        all.remove("to");
        return Set.copyOf(all);
    }

    Reply open(ApiRequest request) {
        var filter = DeliveryFilter.of(request);
        var namespace = filter.namespace().orElse("");
        var refusal = access.toTriggers(request.token(), "list", namespace).refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var tail = new Tail(filter, () -> access.toTriggers(request.token(), "list", namespace));
        synchronized (open) {
            if (open.size() >= MOST) {
                return Reply.error(503, MOST + " readers follow this listener already: try again later",
                        Map.of("Retry-After", "60"));
            }
            open.add(tail);
        }
        return new Reply.Lines(tail);
    }

    void close(Tail tail) {
        open.remove(tail);
    }

    /// Tells everybody who wants to know. Never blocks.
    void happened(Happening happening) {
        for (var tail : open) {
            tail.offer(happening);
        }
    }
}
