package dev.bellhop.bench.rolling;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.bellhop.bench.stage.Push;

/// One connection to a listener. Not an HTTP client of the JDK: those choose when to connect, and hide what became of it.
final class Wire implements AutoCloseable {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI url;
    private final Socket socket;
    private final InputStream in;

    private Wire(URI url, Socket socket) throws IOException {
        this.url = url;
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// Connects.
    static Wire to(URI url) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), (int) CONNECT_PATIENCE.toMillis());
            return new Wire(url, socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// An answer.
    ///
    /// @param saysWhen it has `Retry-After`
    /// @param closes   the connection is not to be used again
    record Reply(int status, boolean saysWhen, boolean closes) {}

    /// Whether the listener has closed it since the last answer. Every client that keeps connections looks before it uses one.
    boolean isStale() throws IOException {
        socket.setSoTimeout(1);
        try {
            // Nothing is to be read between answers: the end, or something that does not belong here.
            in.read();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            // Reset.
            return true;
        }
    }

    /// Posts a push and reads the answer. `keep` asks for the connection to stay open.
    ///
    /// @throws IOException when it breaks before the answer is there
    Reply post(Push push, boolean keep) throws IOException {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        var head = """
                POST %s HTTP/1.1
                Host: %s
                Content-Type: application/json
                X-GitHub-Event: push
                X-GitHub-Delivery: %s
                X-Hub-Signature-256: %s
                Content-Length: %d
                Connection: %s

                """.formatted(url.getPath(), url.getAuthority(), push.id(), push.signature(), push.body().length,
                keep ? "keep-alive" : "close").replace("\n", "\r\n");
        var out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(push.body());
        out.flush();
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        var headers = headers();
        in.skipNBytes(Long.parseLong(headers.getOrDefault("content-length", "0")));
        return new Reply(status, headers.containsKey("retry-after"),
                "close".equalsIgnoreCase(headers.getOrDefault("connection", "")));
    }

    private Map<String, String> headers() throws IOException {
        var headers = new TreeMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed instead of an answer");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the connection to " + url, e);
        }
    }
}
