package dev.bellhop.listener.http;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;

/// The port that events come in by: an [EventDoor] on every event loop.
public final class EventPort {
    private static final long LOOK_EVERY_MILLIS = 20;

    private final Vertx vertx;
    private final Limits limits;
    private final InFlight inFlight;
    private final DoorMeters meters;
    private final Clock clock;
    private final Line line;
    private volatile int port;

    /// Hands events to `line`.
    public EventPort(Vertx vertx, Limits limits, Clock clock, Line line, MeterRegistry registry) {
        this.vertx = vertx;
        this.limits = limits;
        this.inFlight = new InFlight(limits.inFlightBytes());
        this.clock = clock;
        this.line = line;
        this.meters = new DoorMeters(registry, inFlight);
    }

    /// Opens the port; 0 takes a free one.
    public CompletableFuture<Void> open(int wanted) {
        // For Vert.x a negative port is a free one that all doors of this deployment share.
        int shared = wanted == 0 ? -1 : wanted;
        var doors = new CopyOnWriteArrayList<EventDoor>();
        var options = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        return vertx.deployVerticle(() -> {
            var door = new EventDoor(shared, limits, inFlight, clock, line, new Replies(vertx, meters, line::isEnding));
            doors.add(door);
            return door;
        }, options)
                .onSuccess(_ -> port = doors.getFirst().actualPort())
                .<Void>mapEmpty().toCompletionStage().toCompletableFuture();
    }

    /// The port in use.
    public int port() {
        return port;
    }

    /// Waits until every request that is being handled has its answer, at most `patience`. New ones are refused by the line.
    public void drain(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (inFlight.held() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }
}
