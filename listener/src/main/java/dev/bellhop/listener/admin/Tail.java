package dev.bellhop.listener.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.listener.record.Happening;

/// What happens from now on, for one reader. Who reads too slowly loses the newest and is told how many.
///
/// Each line is an object with a `type`: `HAPPENED` (with `object`, a line as a listing has it), `LOST` (with `count`),
/// `BOOKMARK` (nothing happened; the connection lives) or `ERROR` (with `errorMessage`; the last one).
final class Tail {
    private static final int MOST_WAITING = 1_000;

    private final DeliveryFilter filter;
    private final Supplier<Access.Granted> access;
    private final BlockingQueue<Happening> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong lost = new AtomicLong();

    /// `access` says whether the reader still may.
    Tail(DeliveryFilter filter, Supplier<Access.Granted> access) {
        this.filter = filter;
        this.access = access;
    }

    /// Takes what the reader wants to know. Never blocks.
    void offer(Happening happening) {
        if (filter.wants(happening) && !waiting.offer(happening)) {
            lost.incrementAndGet();
        }
    }

    /// What the reader may not see any more; empty as long as all is well.
    String refusal() {
        return switch (access.get()) {
            case Access.Granted.Yes _ -> "";
            case Access.Granted.Unknown(var why) -> error(why);
            case Access.Granted.No(var _, var why) -> error(why);
        };
    }

    /// The next lines; a bookmark when there are none for so long.
    String next(Duration patience) throws InterruptedException {
        var first = waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            return bookmark();
        }
        var some = new ArrayList<Happening>();
        some.add(first);
        waiting.drainTo(some);
        var lines = new StringBuilder();
        some.forEach(happening -> lines.append(line("HAPPENED", "object", DeliveryJson.line(happening))));
        long missing = lost.getAndSet(0);
        if (missing > 0) {
            lines.append(line("LOST", "count", JsonNodeFactory.instance.numberNode(missing)));
        }
        return lines.toString();
    }

    /// The first line: from here on nothing is missed.
    static String bookmark() {
        return "{\"type\":\"BOOKMARK\"}\n";
    }

    /// The last line, when it is the listener that ends.
    static String error(String why) {
        return line("ERROR", "errorMessage", JsonNodeFactory.instance.textNode(why));
    }

    private static String line(String type, String name, JsonNode value) {
        var line = JsonNodeFactory.instance.objectNode().put("type", type);
        line.set(name, value);
        return line + "\n";
    }
}
