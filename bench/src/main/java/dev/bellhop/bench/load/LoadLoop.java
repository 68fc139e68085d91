package dev.bellhop.bench.load;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/// The load client for machines without wrk, on one event loop. It takes more CPU than wrk, and says the same at its end.
final class LoadLoop {
    private final HttpClientAgent http;
    private final URI url;
    private final List<Buffer> bodies = new ArrayList<>();
    private final List<RequestOptions> requests = new ArrayList<>();
    private final String run = UUID.randomUUID() + "-";
    private final long begin = System.nanoTime();
    private final long end;
    private long[] latencies = new long[1 << 16];
    private int answered;
    private int refused;
    private int failed;
    private int next;
    private int running;

    private LoadLoop(HttpClientAgent http, URI url, int seconds) {
        this.http = http;
        this.url = url;
        this.end = begin + seconds * 1_000_000_000L;
    }

    /// `-dSECONDSs URL CONNECTIONS FILE`.
    public static void main(String[] args) throws IOException {
        int seconds = Integer.parseInt(args[0].replaceAll("\\D", ""));
        int connections = Integer.parseInt(args[2]);
        var vertx = Vertx.vertx();
        var loop = new LoadLoop(
                vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(connections).setEventLoopSize(1)),
                URI.create(args[1]), seconds);
        loop.read(Path.of(args[3]));
        loop.running = connections;
        vertx.runOnContext(_ -> {
            for (int i = 0; i < connections; i++) {
                loop.send(vertx);
            }
        });
    }

    private void read(Path file) throws IOException {
        try (var in = new DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(file)))) {
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                var words = line.split(" ");
                bodies.add(Buffer.buffer(in.readNBytes(Integer.parseInt(words[2]))));
                in.readByte();
                requests.add(
                        new RequestOptions().setMethod(HttpMethod.POST).setHost(url.getHost()).setPort(url.getPort())
                                .setURI(url.getPath()).putHeader("Content-Type", "application/json")
                                .putHeader("X-GitHub-Event", "push")
                                .putHeader("X-Hub-Signature-256", words[1]));
            }
        }
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private void send(Vertx vertx) {
        long startedAt = System.nanoTime();
        if (startedAt > end) {
            if (--running == 0) {
                tell();
                vertx.close();
            }
            return;
        }
        int push = next++ % requests.size();
        // A delivery of its own: what was delivered before would be known as a duplicate and not be worked on.
        var options = new RequestOptions(requests.get(push)).putHeader("X-GitHub-Delivery", run + next);
        http.request(options).compose(request -> request.send(bodies.get(push)))
                .compose(response -> response.end().map(_ -> response.statusCode()))
                .onComplete(status -> {
                    if (status.failed()) {
                        failed++;
                    } else {
                        refused += status.result() >= 400 ? 1 : 0;
                        record(System.nanoTime() - startedAt);
                    }
                    send(vertx);
                });
    }

    private void record(long nanos) {
        if (answered == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * answered);
        }
        latencies[answered++] = nanos;
    }

    private void tell() {
        Arrays.sort(latencies, 0, answered);
        long micros = (System.nanoTime() - begin) / 1_000;
        var line = "seen answered=%d refused=%d failed=%d micros=%d p50=%d p99=%d%n".formatted(answered, refused,
                failed, micros,
                percentile(50), percentile(99));
        System.out.write(line.getBytes(StandardCharsets.US_ASCII), 0, line.length());
        System.out.flush();
    }

    private long percentile(int percent) {
        return answered == 0 ? 0 : latencies[(int) ((answered - 1L) * percent / 100)] / 1_000;
    }
}
