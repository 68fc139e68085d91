package dev.bellhop.bench.load;

import java.util.concurrent.CountDownLatch;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/// The least that a server for events does: reads the body and answers 202. What the listener takes beyond it is its own work.
/// It has as many event loops as the listener.
final class BareServer extends VerticleBase {
    private final int port;

    private BareServer(int port) {
        this.port = port;
    }

    @Override
    public Future<HttpServer> start() {
        return vertx.createHttpServer(new HttpServerOptions().setPort(port).setTcpNoDelay(true).setAcceptBacklog(1024))
                .requestHandler(request -> request.body().onSuccess(_ -> request.response().setStatusCode(202).end()))
                .listen();
    }

    /// Serves on the port that `args` names until it is killed.
    public static void main(String[] args) throws InterruptedException {
        int port = Integer.parseInt(args[0]);
        var options = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        Vertx.vertx().deployVerticle(() -> new BareServer(port), options).await();
        new CountDownLatch(1).await();
    }
}
