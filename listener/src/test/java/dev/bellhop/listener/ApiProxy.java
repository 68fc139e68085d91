package dev.bellhop.listener;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands between a listener and its API server, and lets creates of ConfigMaps go wrong. Each connection carries one request, so
/// that nothing but the head of it has to be understood.
public final class ApiProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiProxy.class);
    private static final Pattern CREATE = Pattern.compile("(?s)POST \\S*/configmaps .*");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final Pattern HOP = Pattern.compile("(?im)^(connection|upgrade|http2-settings):.*\r\n");

    private final URI target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger creates = new AtomicInteger();
    private volatile boolean down;

    /// What becomes of one create.
    enum Fault {
        /// Nothing: it passes.
        NONE(""),
        /// It never arrives.
        LOST_REQUEST(""),
        /// The object is created, and the answer is lost.
        LOST_ANSWER(""),
        TOO_MANY_REQUESTS("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\n"),
        INTERNAL_ERROR(
                "HTTP/1.1 500 Internal Server Error\r\n"),
        BAD_GATEWAY("HTTP/1.1 502 Bad Gateway\r\n");

        private final String answer;

        Fault(String answer) {
            this.answer = answer;
        }
    }

    public ApiProxy(URI target) throws IOException {
        this.target = target;
        door = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("api-proxy").start(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    /// What becomes of the next creates; those after pass.
    void next(Fault... next) {
        faults.addAll(List.of(next));
    }

    /// How many creates were asked for.
    int creates() {
        return creates.get();
    }

    /// Cuts every connection, and every new one.
    public void goDown() {
        down = true;
        open.forEach(ApiProxy::cut);
    }

    public void comeBack() {
        down = false;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                LOG.debug("The proxy was closed", e);
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client) {
            if (down) {
                return;
            }
            var in = new BufferedInputStream(client.getInputStream());
            var head = head(in);
            if (CREATE.matcher(head).matches()) {
                creates.incrementAndGet();
                var fault = faults.poll();
                serve(client, in, head, fault == null ? Fault.NONE : fault);
            } else {
                forward(client, in, head);
            }
        } catch (IOException e) {
            LOG.debug("A connection ended", e);
        } finally {
            open.remove(client);
        }
    }

    private void serve(Socket client, InputStream in, String head, Fault fault) throws IOException {
        switch (fault) {
            case NONE -> forward(client, in, head);
            case LOST_REQUEST -> body(in, head);
            case LOST_ANSWER -> {
                var body = body(in, head);
                try (var server = connect()) {
                    server.getOutputStream().write(withoutHops(head).getBytes(StandardCharsets.ISO_8859_1));
                    server.getOutputStream().write(body);
                    server.getInputStream().readAllBytes();
                }
            }
            case TOO_MANY_REQUESTS, INTERNAL_ERROR, BAD_GATEWAY -> {
                body(in, head);
                client.getOutputStream().write((fault.answer + "Connection: close\r\nContent-Length: 4\r\n\r\nOops")
                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private void forward(Socket client, InputStream in, String head) throws IOException {
        boolean webSocket = head.toLowerCase(Locale.ROOT).contains("upgrade: websocket");
        var server = connect();
        open.add(server);
        try (server) {
            server.getOutputStream()
                    .write((webSocket ? head : withoutHops(head)).getBytes(StandardCharsets.ISO_8859_1));
            Thread.ofVirtual().start(() -> pipe(in, server));
            server.getInputStream().transferTo(client.getOutputStream());
        } finally {
            open.remove(server);
        }
    }

    private static void pipe(InputStream in, Socket server) {
        try {
            in.transferTo(server.getOutputStream());
        } catch (IOException e) {
            LOG.debug("A request ended", e);
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client went away");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static byte[] body(InputStream in, String head) throws IOException {
        var length = LENGTH.matcher(head);
        return length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
    }

    private static String withoutHops(String head) {
        var kept = HOP.matcher(head).replaceAll("");
        return kept.substring(0, kept.length() - 2) + "Connection: close\r\n\r\n";
    }

    private Socket connect() throws IOException {
        try {
            var tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[]{new Trusting()}, null);
            return tls.getSocketFactory().createSocket(target.getHost(), target.getPort());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("It was cut already", e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        goDown();
    }

    /// The API server of a test has a certificate of its own making.
    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
