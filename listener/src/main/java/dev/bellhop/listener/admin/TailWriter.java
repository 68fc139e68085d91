package dev.bellhop.listener.admin;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the lines of a [Tail] until the reader goes or may not read any more. Runs on a virtual thread of its own; each
/// batch waits until the one before is on its way, so no more is kept than the tail holds and one batch.
final class TailWriter {
    private static final Logger LOG = LoggerFactory.getLogger(TailWriter.class);
    private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(15);
    private static final Duration REVIEW_EVERY = Duration.ofSeconds(30);
    private static final Duration SLOWEST_READER = Duration.ofMinutes(1);

    private final Context context;
    private final HttpServerResponse response;

    TailWriter(Context context, HttpServerResponse response) {
        this.context = context;
        this.response = response;
    }

    void write(Tail tail) throws InterruptedException {
        var thread = Thread.currentThread();
        response.closeHandler(_ -> thread.interrupt());
        response.setChunked(true).putHeader("Content-Type", "application/x-ndjson");
        boolean connected = send(Tail.bookmark());
        long reviewed = System.nanoTime();
        while (connected) {
            var lines = tail.next(BOOKMARK_EVERY);
            if (System.nanoTime() - reviewed > REVIEW_EVERY.toNanos()) {
                var refusal = refusal(tail);
                if (!refusal.isEmpty()) {
                    context.runOnContext(_ -> end(refusal));
                    return;
                }
                reviewed = System.nanoTime();
            }
            connected = send(lines);
        }
    }

    private static String refusal(Tail tail) {
        try {
            return tail.refusal();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("Rights of a reader could not be checked again; the stream ends");
            return Tail.error("your rights could not be checked again; the listener's log has the reason");
        }
    }

    private void end(String lastLine) {
        if (!response.closed()) {
            response.end(lastLine);
        }
    }

    /// Whether the reader took it.
    private boolean send(String lines) throws InterruptedException {
        var sent = new CompletableFuture<Boolean>();
        context.runOnContext(_ -> {
            if (response.closed()) {
                sent.complete(false);
            } else {
                response.write(lines).onComplete(written -> sent.complete(written.succeeded()));
            }
        });
        try {
            return sent.get(SLOWEST_READER.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            context.runOnContext(_ -> response.reset());
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it so", e);
        }
    }
}
