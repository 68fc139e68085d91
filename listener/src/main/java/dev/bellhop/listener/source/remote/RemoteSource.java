package dev.bellhop.listener.source.remote;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.bellhop.api.ObjectName;
import dev.bellhop.listener.broker.Backoff;
import dev.bellhop.listener.broker.Unreachable;
import dev.bellhop.listener.outlet.Outgoing;
import dev.bellhop.listener.outlet.Outlet.NotAllowed;
import dev.bellhop.listener.outlet.Reply;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;
import dev.bellhop.spi.source.SourceHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a plug-in of one EventSource: when it starts or has changed, and again every half minute, so that one that was restarted
/// learns it anew. What it answers is the source's health. Remembers which URL was told, so that the plug-in behind it learns when
/// another takes its place.
final class RemoteSource implements RunningSource {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteSource.class);
    private static final String TOLD = "url";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int FAREWELLS = 3;
    private static final Duration BETWEEN_FAREWELLS = Duration.ofSeconds(1);

    private final RemoteSettings settings;
    private final SourceContext context;
    private final RemoteType.Sender sender;
    private final Introduction introduction;
    private final Backoff backoff = new Backoff();
    private final Thread thread;
    /// With the token as it was when it was last read: the Secret may be deleted together with the EventSource.
    private volatile Optional<Outgoing> farewell = Optional.empty();
    private boolean isFormerLeft;

    RemoteSource(RemoteSettings settings, SourceContext context, RemoteType.Reach reach) {
        this.settings = settings;
        this.context = context;
        this.sender = reach.sender();
        introduction = new Introduction(settings, context,
                reach.address().apply(new ObjectName(context.namespace(), context.name())), reach.every());
        thread = Thread.ofVirtual().name("plugin-" + context.namespace() + "/" + context.name()).unstarted(this::run);
    }

    RemoteSource start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(introduce());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Tells the plug-in once; gives how long to wait until it is told again.
    private Duration introduce() throws InterruptedException {
        try {
            farewell = Optional.of(introduction.delete(settings.url()));
            if (!isFormerLeft) {
                leaveFormer();
                isFormerLeft = true;
            }
            var request = introduction.put();
            var reply = sender.send(request);
            var health = Said.by(reply, request);
            context.report(health);
            return pause(health, reply);
        } catch (Unreachable e) {
            context.report(new SourceHealth.Disconnected(e.reason(), String.valueOf(e.getMessage())));
        } catch (NotAllowed e) {
            context.report(new SourceHealth.Disconnected("NotAllowed", String.valueOf(e.getMessage())));
        } catch (IOException e) {
            context.report(new SourceHealth.Disconnected("Unreachable", String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            // Such as an API server that does not answer when it is asked for the Secret.
            LOG.atWarn().addKeyValue("source", context.namespace() + "/" + context.name()).setCause(e)
                    .log("A plug-in could not be told of its EventSource; trying again");
            context.report(new SourceHealth.Disconnected("Failed", "the plug-in could not be told: " + e.getMessage()));
        }
        return backoff.next();
    }

    private Duration pause(SourceHealth health, Reply reply) {
        return switch (health) {
            case SourceHealth.Connected _ -> {
                backoff.reset();
                yield introduction.every();
            }
            case SourceHealth.Disconnected _ -> {
                var soon = reply.retryAfter().orElseGet(backoff::next);
                yield soon.compareTo(introduction.every()) < 0 ? soon : introduction.every();
            }
        };
    }

    /// Tells the plug-in behind the URL that was told before, if that was another, and remembers this one.
    private void leaveFormer() throws Unreachable, InterruptedException {
        var told = settings.url().toString();
        var former = context.memory().get(TOLD).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (former.filter(told::equals).isPresent()) {
            return;
        }
        if (former.isPresent()) {
            var delete = introduction.delete(URI.create(former.get()));
            Thread.startVirtualThread(() -> bid(delete));
        }
        try {
            context.memory().put(Map.of(TOLD, Optional.of(told.getBytes(StandardCharsets.UTF_8))))
                    .toCompletableFuture().get();
        } catch (ExecutionException e) {
            LOG.atWarn().addKeyValue("source", context.namespace() + "/" + context.name()).setCause(e)
                    .log("Which plug-in was told of an EventSource could not be remembered");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void withdrawn() {
        farewell.ifPresent(this::bid);
    }

    /// A plug-in that is not there for it hears no more of the source, and is to take that for the same.
    private void bid(Outgoing delete) {
        try {
            tryToBid(delete);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryToBid(Outgoing delete) throws InterruptedException {
        for (int i = 1; i <= FAREWELLS; i++) {
            try {
                var reply = sender.send(delete);
                if (reply.isGood() || !reply.mayGetBetter()) {
                    return;
                }
                toldInVain(delete, "it answered " + reply.status());
            } catch (NotAllowed e) {
                toldInVain(delete, String.valueOf(e.getMessage()));
                return;
            } catch (IOException e) {
                toldInVain(delete, String.valueOf(e.getMessage()));
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN_FAREWELLS.toNanos());
        }
    }

    private void toldInVain(Outgoing delete, String why) {
        LOG.atWarn().addKeyValue("source", context.namespace() + "/" + context.name())
                .addKeyValue("request", delete).addKeyValue("why", why)
                .log("A plug-in could not be told that its EventSource is gone or rests");
    }
}
