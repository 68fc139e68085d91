package dev.bellhop.listener.source.nats;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.bellhop.listener.broker.Backoff;
import dev.bellhop.listener.broker.Causes;
import dev.bellhop.listener.broker.Health;
import dev.bellhop.listener.broker.Perseverance;
import dev.bellhop.listener.broker.Unreachable;
import dev.bellhop.listener.broker.nats.NatsWatcher;
import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;
import dev.bellhop.spi.source.SourceEvent;
import io.nats.client.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the messages of a subject as they pass by, as a member of a queue group.
///
/// Nobody keeps such a message, so it comes at most once. While events cannot be kept, the same one is offered again, and those
/// that come meanwhile wait in a buffer; what the buffer does not hold is lost, and the health says so.
final class SubjectReader implements RunningSource {
    private static final Logger LOG = LoggerFactory.getLogger(SubjectReader.class);
    private static final int UNANSWERED = 256;
    private static final int WAITING_MESSAGES = 10_000;
    private static final int WAITING_BYTES = 16 << 20;
    private static final Duration LOOK_UP = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final NatsSettings settings;
    private final SourceContext context;
    private final String subject;
    private final String queue;
    private final NatsEvents events;
    private final Health health;
    private final Perseverance loop;
    private final Semaphore free = new Semaphore(UNANSWERED);

    private SubjectReader(NatsSettings settings, SourceContext context) {
        this.settings = settings;
        this.context = context;
        subject = settings.subject().orElseThrow();
        queue = settings.queue().orElse(context.namespace() + "." + context.name());
        events = new NatsEvents(settings.cloudEvents(), context.clock());
        health = new Health(context::report);
        loop = new Perseverance(Thread.ofVirtual().name("nats-" + context.namespace() + "-" + context.name()), health,
                this::session);
    }

    static SubjectReader start(NatsSettings settings, SourceContext context) {
        var reader = new SubjectReader(settings, context);
        reader.loop.start();
        return reader;
    }

    private void session(Backoff pace) throws Unreachable, InterruptedException {
        var message = "receives " + subject + " in the queue group " + queue;
        var watcher = new NatsWatcher() {
            @Override
            protected void lost() {
                if (!loop.isStopping()) {
                    health.disconnected(new Unreachable("ConnectionLost",
                            "the connection to NATS at " + settings.access().where()
                                    + " is lost; it is being made again"));
                }
            }

            @Override
            protected void restored() {
                health.connected(message);
            }

            @Override
            protected void dropped() {
                health.connected(message + "; some messages were lost that came faster than they could be kept");
                LOG.atWarn().addKeyValue("eventSource", context.namespace() + "/" + context.name())
                        .log("Messages of NATS were lost: they came faster than they could be kept");
            }
        };
        var connection = settings.access().connect("bellhop " + context.namespace() + "/" + context.name(),
                context::secret, watcher);
        try {
            var subscription = connection.subscribe(subject, queue);
            subscription.setPendingLimits(WAITING_MESSAGES, WAITING_BYTES);
            connection.flush(Duration.ofSeconds(5));
            health.connected(message);
            pace.reset();
            while (!loop.isStopping()) {
                var next = subscription.nextMessage(LOOK_UP);
                if (next != null) {
                    emit(events.passing(next));
                } else if (connection.getStatus() == Connection.Status.CLOSED) {
                    throw new Unreachable("AuthenticationFailed", "NATS at " + settings.access().where()
                            + " ended the connection and refuses it; check auth");
                }
            }
            subscription.unsubscribe();
            awaitAnswers();
        } catch (java.util.concurrent.TimeoutException | IllegalStateException e) {
            throw new Unreachable("ConnectionLost", "the connection to NATS at " + settings.access().where()
                    + " is lost: " + Causes.told(e), e);
        } finally {
            connection.close();
        }
    }

    private void emit(SourceEvent event) throws InterruptedException {
        free.acquire();
        offer(event);
    }

    /// Until it is kept, or the source ends.
    private void offer(SourceEvent event) {
        context.emit(event).whenComplete((emitted, failure) -> {
            if (failure != null) {
                LOG.atError().setCause(failure).log("An event of NATS could not be handed over and is lost");
                free.release();
                return;
            }
            switch (emitted) {
                case Emitted.Kept _ -> free.release();
                case Emitted.NotNow(var _, var retryAfter) ->
                    Thread.ofVirtual().start(() -> offerAgain(event, retryAfter));
            }
        });
    }

    private void offerAgain(SourceEvent event, Duration delay) {
        try {
            loop.pause(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (loop.isStopping()) {
            free.release();
        } else {
            offer(event);
        }
    }

    private void awaitAnswers() throws InterruptedException {
        if (!free.tryAcquire(UNANSWERED, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.atWarn().log("A NATS source ends before all of its events are kept");
        }
    }

    @Override
    public void close() {
        loop.stop(PATIENCE.plusSeconds(1));
    }
}
