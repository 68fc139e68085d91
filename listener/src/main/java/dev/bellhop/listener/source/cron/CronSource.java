package dev.bellhop.listener.source.cron;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.Payload;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;
import dev.bellhop.spi.source.SourceEvent;
import dev.bellhop.spi.source.SourceHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for one time after another, and brings an event for each. How far it came is remembered with the very event, so that a
/// restart neither repeats a time nor forgets one.
final class CronSource implements RunningSource {
    private static final Logger LOG = LoggerFactory.getLogger(CronSource.class);
    /// The last time an event was brought for, or the start.
    private static final String LAST = "last";
    private static final String START = "start";
    /// The clock of the machine may be set meanwhile.
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);
    /// Of times that passed while it ran but could not bring their events.
    private static final int MOST_LATE = 1_000;

    private final CronPlan plan;
    private final SourceContext context;
    private final Thread thread = Thread.ofVirtual().name("cron").unstarted(this::run);
    private volatile boolean closed;

    CronSource(CronPlan plan, SourceContext context) {
        this.plan = plan;
        this.context = context;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            var now = context.clock().instant();
            var start = remembered(START).orElse(now);
            var last = remembered(LAST).orElse(start);
            if (start.equals(now)) {
                context.memory().put(Map.of(START, Optional.of(bytes(start)))).toCompletableFuture().get();
            }
            bringMissed(last, start, now);
            // What the last run brought in the future of a clock that was set back does not come again.
            keepTime(last.isAfter(now) ? last : now, start);
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            LOG.atError().addKeyValue("source", context.namespace() + "/" + context.name()).setCause(e)
                    .log("EventSource ended by a fault");
            context.report(new SourceHealth.Disconnected("Fault", "it ended by a fault: " + e));
        }
    }

    private void bringMissed(Instant last, Instant start, Instant now) throws InterruptedException, ExecutionException {
        if (plan.catchUp().isEmpty()) {
            return;
        }
        var limits = plan.catchUp().get();
        var oldest = now.minus(limits.maxAge());
        for (var time : due(last.isAfter(oldest) ? last : oldest, start, now, limits.max())) {
            bring(time, true);
        }
    }

    private void keepTime(Instant from, Instant start) throws InterruptedException, ExecutionException {
        var last = from;
        while (!closed) {
            var next = plan.timetable().after(last, start);
            if (next.isEmpty()) {
                context.report(new SourceHealth.Disconnected("NoMoreTimes", plan.written() + " never comes again"));
                return;
            }
            context.report(new SourceHealth.Connected("keeps time: " + plan.written() + " " + plan.zone()));
            sleepUntil(next.get());
            for (var time : due(last, start, context.clock().instant(), MOST_LATE)) {
                bring(time, false);
                last = time;
            }
        }
    }

    /// The latest `max` times after `last` and not after `now`.
    private List<Instant> due(Instant last, Instant start, Instant now, int max) {
        var due = new ArrayDeque<Instant>();
        for (var time = plan.timetable().after(last, start); time.isPresent()
                && !time.get().isAfter(now); time = plan.timetable().after(time.get(), start)) {
            if (due.size() == max) {
                due.removeFirst();
            }
            due.addLast(time.get());
        }
        return List.copyOf(due);
    }

    private void sleepUntil(Instant time) throws InterruptedException {
        for (var left = Duration.between(context.clock().instant(), time); left
                .isPositive(); left = Duration.between(context.clock().instant(), time)) {
            Thread.sleep(left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP);
        }
    }

    private void bring(Instant time, boolean late) throws InterruptedException, ExecutionException {
        while (context.emit(event(time, late)).toCompletableFuture()
                .get() instanceof Emitted.NotNow(var why, var after)) {
            if (closed) {
                throw new InterruptedException("closed");
            }
            context.report(new SourceHealth.Disconnected("NotAccepted", why));
            Thread.sleep(after);
        }
    }

    private SourceEvent event(Instant time, boolean late) {
        var body = JsonNodeFactory.instance.objectNode().put("schedule", plan.written())
                .put("timeZone", plan.zone().getId()).put("scheduledTime", time.toString());
        body.set("payload", plan.payload());
        return new SourceEvent(time.toString(), "tick", plan.written(), time,
                Map.of("scheduledTime", TextNode.valueOf(time.toString()), "catchUp", BooleanNode.valueOf(late)),
                Map.of(), Payload.of(body), Optional.empty(), Map.of(LAST, Optional.of(bytes(time))));
    }

    private Optional<Instant> remembered(String key) {
        return context.memory().get(key).map(bytes -> Instant.parse(new String(bytes, StandardCharsets.US_ASCII)));
    }

    private static byte[] bytes(Instant time) {
        return time.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
