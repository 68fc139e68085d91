package dev.bellhop.listener.http;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.listener.http.Line.Found;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Receives events over HTTP: one instance for each event loop, all on the same port. Reads a body whole, within its limits,
/// hands it on as a value and writes the [Answer].
final class EventDoor extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(EventDoor.class);
    private static final Duration OVERLOAD_WAIT = Duration.ofSeconds(2);
    private static final long SWEEP_MILLIS = 500;
    /// More than that a refused sender need not go on writing.
    private static final long DROPPED_BYTES = 256 << 10;

    private final int port;
    private final Limits limits;
    private final InFlight inFlight;
    private final Clock clock;
    private final Line line;
    private final LinkedHashSet<Reading> readings = new LinkedHashSet<>();
    private final Replies replies;
    private volatile int actualPort;

    EventDoor(int port, Limits limits, InFlight inFlight, Clock clock, Line line, Replies replies) {
        this.port = port;
        this.limits = limits;
        this.inFlight = inFlight;
        this.clock = clock;
        this.line = line;
        this.replies = replies;
    }

    @Override
    public Future<HttpServer> start() {
        // Instead of a timer for each request: they start in order, so that a look at the oldest is enough.
        vertx.setPeriodic(SWEEP_MILLIS, _ -> giveUpSlowRequests());
        var options = new HttpServerOptions()
                .setPort(port)
                .setMaxHeaderSize(limits.headerBytes())
                .setIdleTimeout((int) limits.idleTime().toSeconds())
                .setHttp2ClearTextEnabled(false)
                // Events never come by WebSocket; without these two every message would pass a handler for them.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setTcpNoDelay(true)
                .setAcceptBacklog(1024);
        return vertx.createHttpServer(options).requestHandler(this::receive).listen()
                .onSuccess(server -> actualPort = server.actualPort());
    }

    /// The port in use, once it has started.
    int actualPort() {
        return actualPort;
    }

    private void receive(HttpServerRequest request) {
        var path = Objects.requireNonNullElse(request.path(), "/");
        if (request.method().equals(HttpMethod.GET) && (path.equals("/live") || path.equals("/ready"))) {
            replies.health(request, path.equals("/live") || line.isReady());
            return;
        }
        var found = line.find(Objects.requireNonNullElse(request.getHeader(HttpHeaders.HOST), ""), path,
                Objects.requireNonNullElse(request.query(), ""));
        if (found instanceof Found.Taker taker) {
            read(request, taker);
        } else if (found instanceof Found.Refusal(var answer)) {
            replies.refuse(request, answer);
        }
    }

    private void read(HttpServerRequest request, Found.Taker taker) {
        long startedAt = System.nanoTime();
        if (!request.method().equals(HttpMethod.POST)) {
            replies.refuse(request, taker, new Answer.MethodNotAllowed(), startedAt);
            return;
        }
        var malformed = malformed(request);
        if (malformed.isPresent()) {
            replies.refuse(request, taker, new Answer.BadRequest(malformed.get()), startedAt);
            return;
        }
        var turnedAway = line.turnAway(taker);
        if (turnedAway.isPresent()) {
            turnAway(request, taker, turnedAway.get(), startedAt);
            return;
        }
        var encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            replies.refuse(request, taker, new Answer.EncodingNotSupported(encoding), startedAt);
            return;
        }
        if (declaredLength(request) > limits.bodyBytes()) {
            replies.refuse(request, taker, new Answer.TooLarge(limits.bodyBytes()), startedAt);
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        var reading = new Reading[1];
        reading[0] = new Reading(request, limits.bodyBytes(), inFlight, startedAt,
                end -> {
                    readings.remove(reading[0]);
                    ended(request, taker, reading[0], end);
                });
        readings.add(reading[0]);
        reading[0].start();
    }

    /// Answers at once. A body of usual size is dropped as it comes, so that the sender keeps its connection.
    private void turnAway(HttpServerRequest request, Found.Taker taker, Answer answer, long startedAt) {
        boolean waits = request.getHeader("Expect") != null;
        boolean isShort = request.getHeader("Content-Length") != null && declaredLength(request) <= DROPPED_BYTES;
        if (waits || !isShort) {
            replies.refuse(request, taker, answer, startedAt);
            return;
        }
        request.handler(_ -> {});
        replies.answer(request, taker, answer, startedAt);
    }

    /// What the HTTP decoder lets pass: without a body that it knows how to read, a request would count as an empty one, and
    /// its body as the next request.
    private static Optional<String> malformed(HttpServerRequest request) {
        var transfer = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
        if (transfer != null && !transfer.equalsIgnoreCase("chunked")) {
            return Optional.of("Transfer-Encoding '" + transfer + "' is not supported: send it chunked, or its length");
        }
        return request.headers().contains("") ? Optional.of("a header has no name") : Optional.empty();
    }

    private static long declaredLength(HttpServerRequest request) {
        var length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            // The HTTP decoder refuses such a request itself; should one come through, the body is still counted as it arrives.
            return 0;
        }
    }

    private void ended(HttpServerRequest request, Found.Taker taker, Reading reading, Reading.End end) {
        switch (end) {
            case Reading.End.Whole(var body) -> accept(request, taker, reading, body.getBytes());
            case Reading.End.TooLarge _ -> refuse(request, taker, reading, new Answer.TooLarge(limits.bodyBytes()));
            case Reading.End.TooSlow _ -> refuse(request, taker, reading, new Answer.TooSlow(limits.requestTime()));
            case Reading.End.Overloaded _ -> refuse(request, taker, reading,
                    new Answer.Unavailable("too many bytes are in flight", OVERLOAD_WAIT));
            case Reading.End.Gone _ -> reading.release();
        }
    }

    private void refuse(HttpServerRequest request, Found.Taker taker, Reading reading, Answer answer) {
        reading.release();
        replies.refuse(request, taker, answer, reading.startedAt());
    }

    private void accept(HttpServerRequest request, Found.Taker taker, Reading reading, byte[] bytes) {
        switch (taker) {
            case Found.Reception reception -> accept(request, reception, reading, bytes);
            case Found.Emission emission -> {
                var id = EventId.at(clock.instant(), ThreadLocalRandom.current());
                answer(request, emission, reading, id, () -> line.accept(emission, id, headers(request), bytes));
            }
        }
    }

    private void accept(HttpServerRequest request, Found.Reception reception, Reading reading, byte[] bytes) {
        switch (Body.parse(bytes, Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_TYPE)))) {
            case Body.Parsed.NotAccepted(var why) -> {
                reading.release();
                replies.answer(request, reception, new Answer.BadRequest(why), reading.startedAt());
            }
            case Body.Parsed.Accepted(var body) -> {
                var now = clock.instant();
                var event = new Event(EventId.at(now, ThreadLocalRandom.current()), now, request.method().name(),
                        request.uri(), headers(request), body);
                answer(request, reception, reading, event.id(), () -> line.accept(reception, event));
            }
        }
    }

    /// Answers when `accepting` knows what; a fault of ours must not leave the sender without an answer.
    private void answer(HttpServerRequest request, Found.Taker taker, Reading reading, EventId id,
            Supplier<CompletionStage<Answer>> accepting) {
        CompletionStage<Answer> taken;
        try {
            taken = accepting.get();
        } catch (RuntimeException e) {
            taken = CompletableFuture.failedStage(e);
        }
        taken.whenComplete((answer, failure) -> {
            var given = failure == null ? answer : broken(id, failure);
            if (context.equals(vertx.getOrCreateContext())) {
                answered(request, taker, reading, given);
            } else {
                context.runOnContext(_ -> answered(request, taker, reading, given));
            }
        });
    }

    private void answered(HttpServerRequest request, Found.Taker taker, Reading reading, Answer answer) {
        reading.release();
        replies.answer(request, taker, answer, reading.startedAt());
    }

    private static Answer broken(EventId id, Throwable failure) {
        LOG.atError().addKeyValue("eventID", id).setCause(failure).log("Accepting an event failed");
        return new Answer.Broken();
    }

    /// All headers but `Host`, which Go's server, whose habits interceptors know, strips as well.
    private static Headers headers(HttpServerRequest request) {
        var pairs = request.headers().entries();
        pairs.removeIf((Map.Entry<String, String> header) -> header.getKey().equalsIgnoreCase("Host"));
        return Headers.of(pairs);
    }

    private void giveUpSlowRequests() {
        long oldest = System.nanoTime() - limits.requestTime().toNanos();
        while (!readings.isEmpty() && readings.getFirst().startedAt() < oldest) {
            readings.getFirst().giveUp();
        }
    }
}
