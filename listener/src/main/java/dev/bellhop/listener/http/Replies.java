package dev.bellhop.listener.http;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.http.Line.Found;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/// Writes answers. Bodies have the fields of Tekton's: `eventListener`, `namespace`, `eventListenerUID` and `eventID` or
/// `errorMessage`, and a line break.
final class Replies {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence CLOSE = HttpHeaders.createOptimized("close");
    /// How long a refused sender that is still writing may go on until it has seen the answer.
    private static final long LINGER_MILLIS = 5_000;

    private final Vertx vertx;
    private final DoorMeters meters;
    private final BooleanSupplier ending;

    /// While `ending`, every answer is the last on its connection: a new one leads the sender to those who stay, and this one
    /// would break when the process ends.
    Replies(Vertx vertx, DoorMeters meters, BooleanSupplier ending) {
        this.vertx = vertx;
        this.meters = meters;
        this.ending = ending;
    }

    /// Answers a probe.
    void health(HttpServerRequest request, boolean healthy) {
        respond(request, ending.getAsBoolean(),
                () -> request.response().setStatusCode(healthy ? 200 : 503).end(healthy ? "ok" : "not ready"));
    }

    /// Answers a request that was read whole, or is going to be, and began to arrive at `startedAt`.
    void answer(HttpServerRequest request, Found.Taker taker, Answer answer, long startedAt) {
        respond(request, ending.getAsBoolean(), () -> write(request, taker, answer, startedAt));
    }

    private void write(HttpServerRequest request, Found.Taker taker, Answer answer, long startedAt) {
        meters.answered(answer, startedAt);
        var response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        if (answer instanceof Answer.Accepted(var id)) {
            begin(response, answer).end(accepted(taker, id));
        } else {
            var body = switch (taker) {
                case Found.Reception(var listener, var uid, var _, var _) -> JsonNodeFactory.instance.objectNode()
                        .put("eventListener", listener.name()).put("namespace", listener.namespace())
                        .put("eventListenerUID", uid);
                case Found.Emission(var source, var uid, var _) -> JsonNodeFactory.instance.objectNode()
                        .put("eventSource", source.name()).put("namespace", source.namespace())
                        .put("eventSourceUID", uid);
            };
            begin(response, answer).end(withMessage(body, answer));
        }
    }

    /// Names, UID and ID have no character that JSON would have to escape.
    private static String accepted(Found.Taker taker, EventId id) {
        return switch (taker) {
            case Found.Reception(var listener, var uid, var _, var _) ->
                "{\"eventListener\":\"" + listener.name() + "\",\"namespace\":\"" + listener.namespace()
                        + "\",\"eventListenerUID\":\"" + uid + "\",\"eventID\":\"" + id + "\"}\n";
            case Found.Emission(var source, var uid, var _) ->
                "{\"eventSource\":\"" + source.name() + "\",\"namespace\":\"" + source.namespace()
                        + "\",\"eventSourceUID\":\"" + uid + "\",\"eventID\":\"" + id + "\"}\n";
        };
    }

    /// Answers a request whose body was not, or not wholly, read: the connection cannot be used again.
    void refuse(HttpServerRequest request, Found.Taker taker, Answer answer, long startedAt) {
        respond(request, true, () -> write(request, taker, answer, startedAt));
    }

    /// Answers a request that addresses nothing.
    void refuse(HttpServerRequest request, Answer answer) {
        boolean bodyFollows = !request.isEnded() && !"0".equals(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        respond(request, bodyFollows || ending.getAsBoolean(), () -> begin(request.response(), answer)
                .end(withMessage(JsonNodeFactory.instance.objectNode(), answer)));
    }

    /// Writes an answer, and says in it whether the connection `closes` then.
    private void respond(HttpServerRequest request, boolean closes, Runnable write) {
        if (!closes) {
            write.run();
            return;
        }
        if (!request.response().headWritten()) {
            request.response().putHeader(HttpHeaders.CONNECTION, CLOSE);
        }
        write.run();
        closeOnceRead(request);
    }

    /// Lets a sender that is still writing read the answer before the connection goes: closing at once would reset it. What
    /// it writes is dropped, and when it does not stop it is stopped.
    private void closeOnceRead(HttpServerRequest request) {
        var connection = request.connection();
        if (request.isEnded()) {
            connection.close();
            return;
        }
        long timer = vertx.setTimer(LINGER_MILLIS, _ -> connection.close());
        request.exceptionHandler(_ -> vertx.cancelTimer(timer));
        request.handler(_ -> {});
        request.endHandler(_ -> {
            vertx.cancelTimer(timer);
            connection.close();
        });
    }

    private static HttpServerResponse begin(HttpServerResponse response, Answer answer) {
        response.setStatusCode(answer.status()).putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        switch (answer) {
            case Answer.MethodNotAllowed _ -> response.putHeader(HttpHeaders.ALLOW, "POST");
            case Answer.Unavailable(var _, var wait) -> retryAfter(response, wait);
            case Answer.TooMany(var _, var wait) -> retryAfter(response, wait);
            case Answer.NotAuthenticated(var _, var scheme) -> response.putHeader("WWW-Authenticate", scheme);
            case Answer.Accepted _,Answer.BadRequest _,Answer.Forbidden _,Answer.NotFound _,Answer.TooSlow _,Answer.TooLarge _,Answer.EncodingNotSupported _,Answer.Broken _ ->
                {}
        }
        return response;
    }

    /// In whole seconds, and not too early.
    private static void retryAfter(HttpServerResponse response, Duration wait) {
        response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.plusMillis(999).toSeconds()));
    }

    private static String withMessage(ObjectNode body, Answer answer) {
        return body.put("errorMessage", answer.message()) + "\n";
    }
}
