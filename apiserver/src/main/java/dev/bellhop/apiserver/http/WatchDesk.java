package dev.bellhop.apiserver.http;

import dev.bellhop.apiserver.auth.Authorizer;
import dev.bellhop.apiserver.kind.Catalog;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.select.FieldSelector;
import dev.bellhop.apiserver.select.LabelSelector;
import dev.bellhop.apiserver.status.Refusal;
import dev.bellhop.apiserver.watch.Outlet;
import dev.bellhop.apiserver.watch.WatchRequest;
import dev.bellhop.apiserver.watch.Watches;
import dev.bellhop.apiserver.write.Target;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;

/// Opens watches, as chunked responses or WebSockets.
public final class WatchDesk {

    /// A client with this much unread data is dropped, as it would be by a real server's full channel.
    private static final int MOST_UNREAD = 32 * 1024 * 1024;

    private final Vertx vertx;
    private final Catalog catalog;
    private final Authorizer authorizer;
    private final Watches watches;

    public WatchDesk(Vertx vertx, Catalog catalog, Authorizer authorizer, Watches watches) {
        this.vertx = vertx;
        this.catalog = catalog;
        this.authorizer = authorizer;
        this.watches = watches;
    }

    boolean isWatch(Call call) {
        return "GET".equals(call.method()) && call.flag("watch")
                && ResourcePath.parse(call.path()).filter(path -> path.name().isEmpty()).isPresent();
    }

    void openChunked(Call call, HttpServerResponse response) {
        WatchRequest request = request(call);
        response.setChunked(true).setWriteQueueMaxSize(MOST_UNREAD).putHeader("Content-Type", Reply.JSON);
        // The headers must go before the first event, or a client waits for them until something changes.
        response.writeHead();
        Watches.Watch watch = watches.open(request, new Chunks(response));
        if (response.ended()) {
            // It began too far in the past, has said so and is over.
            return;
        }
        response.closeHandler(_ -> watch.close());
        response.exceptionHandler(_ -> watch.close());
        endInTime(call, watch);
    }

    void openWebSocket(Call call, HttpServerRequest request) {
        if (!isWatch(call)) {
            throw Refusal.badRequest("only watches speak WebSocket here");
        }
        WatchRequest wanted = request(call);
        request.toWebSocket().onSuccess(socket -> {
            socket.setWriteQueueMaxSize(MOST_UNREAD);
            Watches.Watch watch = watches.open(wanted, new Frames(socket));
            socket.closeHandler(_ -> watch.close());
            endInTime(call, watch);
        });
    }

    private void endInTime(Call call, Watches.Watch watch) {
        String seconds = call.parameter("timeoutSeconds");
        if (seconds.matches("[1-9]\\d{0,6}")) {
            vertx.setTimer(Long.parseLong(seconds) * 1000, _ -> {
                watch.bookmark();
                watch.close();
            });
        }
    }

    private WatchRequest request(Call call) {
        ResourcePath path = ResourcePath.parse(call.path()).orElseThrow(Refusal::noSuchPath);
        Target target = Located.allowed(call, path, catalog, authorizer).target();
        ResourceType type = target.type();
        View view = View.of(call);
        String includeObject = call.parameter("includeObject");
        return new WatchRequest(type, target.namespace(), LabelSelector.parse(call.parameter("labelSelector")),
                FieldSelector.parse(call.parameter("fieldSelector"), type), call.parameter("resourceVersion"),
                call.flag("allowWatchBookmarks"), object -> view.one(object, type, includeObject));
    }

    private record Chunks(HttpServerResponse response) implements Outlet {
        @Override
        public boolean send(byte[] event) {
            response.write(Buffer.buffer(event.length + 1).appendBytes(event).appendByte((byte) '\n'));
            return !response.writeQueueFull();
        }

        @Override
        public void end() {
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        }
    }

    private record Frames(ServerWebSocket socket) implements Outlet {
        @Override
        public boolean send(byte[] event) {
            socket.writeTextMessage(new String(event, StandardCharsets.UTF_8));
            return !socket.writeQueueFull();
        }

        @Override
        public void end() {
            if (!socket.isClosed()) {
                socket.close();
            }
        }
    }
}
