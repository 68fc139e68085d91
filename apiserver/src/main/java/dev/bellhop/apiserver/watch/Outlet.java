package dev.bellhop.apiserver.watch;

/// Where the events of a watch go: a chunked response or a WebSocket.
public interface Outlet {

    /// Sends one event; false when the client is so far behind that it should come back later.
    boolean send(byte[] event);

    void end();
}
