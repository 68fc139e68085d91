package dev.bellhop.listener.http;

import java.util.function.Consumer;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/// One request whose body is being read, within its limit and its time. Lives on one event loop; ends once.
final class Reading {
    private final HttpServerRequest request;
    private final int maxBytes;
    private final long startedAt;
    private final Consumer<End> onEnd;
    private final InFlight inFlight;
    private Buffer body = Buffer.buffer();
    private long held;
    private boolean ended;

    /// How reading ended.
    sealed interface End {
        /// The whole body is there.
        record Whole(Buffer body) implements End {}

        /// It is larger than the limit.
        record TooLarge() implements End {}

        /// All requests together hold more than the limit.
        record Overloaded() implements End {}

        /// It did not arrive in time.
        record TooSlow() implements End {}

        /// The sender went away: there is nobody to answer.
        record Gone() implements End {}
    }

    Reading(HttpServerRequest request, int maxBytes, InFlight inFlight, long startedAt, Consumer<End> onEnd) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.inFlight = inFlight;
        this.startedAt = startedAt;
        this.onEnd = onEnd;
    }

    void start() {
        request.exceptionHandler(_ -> end(new End.Gone()));
        request.handler(this::take);
        request.endHandler(_ -> end(new End.Whole(body)));
    }

    /// When it started, in nanoseconds of [System#nanoTime()].
    long startedAt() {
        return startedAt;
    }

    void giveUp() {
        end(new End.TooSlow());
    }

    /// Gives the bytes it holds back, once the request was answered.
    void release() {
        inFlight.release(held);
        held = 0;
    }

    private void take(Buffer chunk) {
        if (ended) {
            return;
        }
        if (body.length() + chunk.length() > maxBytes) {
            end(new End.TooLarge());
        } else if (!inFlight.take(chunk.length())) {
            end(new End.Overloaded());
        } else {
            held += chunk.length();
            body = body.length() == 0 ? chunk : body.appendBuffer(chunk);
        }
    }

    private void end(End end) {
        if (ended) {
            return;
        }
        ended = true;
        onEnd.accept(end);
        body = Buffer.buffer();
    }
}
