package dev.bellhop.apiserver;

import com.sun.management.OperatingSystemMXBean;
import io.fabric8.kubernetes.client.Config;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Measures how many objects per second a server creates: `CreateRate [embedded|envtest] [connections] [objects]`.
/// Client and server share the machine.
final class CreateRate {

    private final HttpClientAgent client;
    private final RequestOptions request;
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    private CreateRate(Vertx vertx, ApiServer server, int connections) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false),
                new PoolOptions().setHttp1MaxSize(connections));
        this.request = new RequestOptions().setMethod(HttpMethod.POST).setHost("127.0.0.1")
                .setPort(server.url().getPort()).setURI("/api/v1/namespaces/default/configmaps")
                .putHeader("Authorization", "Bearer " + Config.fromKubeconfig(server.kubeconfig()).getAutoOAuthToken())
                .putHeader("Content-Type", "application/json");
    }

    public static void main(String[] args) throws InterruptedException {
        String name = args.length > 0 ? args[0] : "embedded";
        int connections = args.length > 1 ? Integer.parseInt(args[1]) : 16;
        int objects = args.length > 2 ? Integer.parseInt(args[2]) : 20_000;
        ApiServer server = ApiServers.atHand().stream().filter(one -> one.name().equals(name)).findFirst()
                .orElseThrow();
        server.url();
        Vertx vertx = Vertx.vertx();
        for (int round = 1; round <= 4; round++) {
            var rate = new CreateRate(vertx, server, connections);
            long cpu = cpuNanos();
            long begin = System.nanoTime();
            rate.run(round, connections, objects);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf("%s, %d connections, round %d: %.0f creates/s, %.0f CPU-µs each in this JVM, %d failed%n",
                    name,
                    connections, round, objects / seconds, (cpuNanos() - cpu) / 1e3 / objects, rate.failed.get());
        }
        vertx.close();
        System.exit(0);
    }

    /// The embedded server runs in this JVM too, so its cost is among it.
    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private void run(int round, int connections, int objects) throws InterruptedException {
        var done = new CountDownLatch(objects);
        for (int i = 0; i < connections; i++) {
            next(round, objects, done);
        }
        done.await();
    }

    private void next(int round, int objects, CountDownLatch done) {
        int number = started.incrementAndGet();
        if (number > objects) {
            return;
        }
        String body = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"r" + round + "-" + number
                + "\",\"labels\":{\"app\":\"rate\"}},\"data\":{\"k\":\"" + "x".repeat(500) + "\"}}";
        client.request(request).compose(call -> call.send(Buffer.buffer(body)))
                .compose(answer -> answer.body().map(_ -> answer.statusCode())).onComplete(result -> {
                    if (result.failed() || result.result() != 201) {
                        failed.incrementAndGet();
                    }
                    done.countDown();
                    next(round, objects, done);
                });
    }
}
