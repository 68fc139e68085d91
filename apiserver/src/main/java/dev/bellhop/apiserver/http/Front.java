package dev.bellhop.apiserver.http;

import dev.bellhop.apiserver.auth.Authenticator;
import dev.bellhop.apiserver.auth.User;
import dev.bellhop.apiserver.status.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes requests off the wire and puts answers on it.
public final class Front {

    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    /// What etcd takes with some room, as real servers have it.
    private static final int MAX_BODY = 3 * 1024 * 1024;

    private final Authenticator authenticator;
    private final Desk desk;
    private final WatchDesk watches;

    public Front(Authenticator authenticator, Desk desk, WatchDesk watches) {
        this.authenticator = authenticator;
        this.desk = desk;
        this.watches = watches;
    }

    public void receive(HttpServerRequest request) {
        Map<String, List<String>> headers = Authenticator.headers(request.headers());
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            answering(request, () -> watches.openWebSocket(call(request, headers, Buffer.buffer()), request));
            return;
        }
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= MAX_BODY) {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(gone -> LOG.debug("Request {} ended early", request.path(), gone));
        request.endHandler(_ -> answering(request, () -> {
            if (body.length() > MAX_BODY) {
                throw Refusal.tooLarge(MAX_BODY);
            }
            answer(call(request, headers, body), request.response());
        }));
    }

    private void answer(Call call, HttpServerResponse response) {
        if (watches.isWatch(call)) {
            watches.openChunked(call, response);
        } else {
            write(desk.answer(call), response);
        }
    }

    private Call call(HttpServerRequest request, Map<String, List<String>> headers, Buffer body) {
        User user = authenticator.authenticate(headers);
        var query = new LinkedHashMap<String, String>();
        request.params().forEach(parameter -> query.putIfAbsent(parameter.getKey(), parameter.getValue()));
        return new Call(request.method().name(), Objects.requireNonNullElse(request.path(), "/"), query, headers, body,
                user);
    }

    private void answering(HttpServerRequest request, Runnable work) {
        try {
            work.run();
        } catch (Refusal refusal) {
            write(Reply.of(refusal), request.response());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.method(), request.path(), e);
            write(Reply.of(Refusal.internal(e.toString())), request.response());
        }
    }

    private static void write(Reply reply, HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(reply.code()).putHeader("Content-Type", reply.contentType());
        reply.warnings().forEach(warning -> response.headers().add("Warning",
                "299 - \"" + warning.replace("\\", "\\\\").replace("\"", "\\\"") + "\""));
        response.end(reply.body());
    }
}
