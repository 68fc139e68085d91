package dev.bellhop.listener.source.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.bellhop.listener.broker.Backoff;
import dev.bellhop.listener.broker.Causes;
import dev.bellhop.listener.broker.Health;
import dev.bellhop.listener.broker.Perseverance;
import dev.bellhop.listener.broker.Unreachable;
import dev.bellhop.listener.broker.nats.NatsWatcher;
import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;
import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a stream through a durable consumer. A message is acknowledged when its event is kept, and not before; while that takes
/// long the server is told that somebody works on it, and what cannot be kept now is given back to be brought again.
final class StreamReader implements RunningSource {
    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);
    /// How many messages this replica has under way at most.
    private static final int UNANSWERED = 256;
    /// How long the server may take to have a message; a pull that a server forgot as it died is over then.
    private static final Duration PULL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final NatsSettings settings;
    private final StreamSettings stream;
    private final SourceContext context;
    private final DurableConsumer consumer;
    private final NatsEvents events;
    private final Health health;
    private final Perseverance loop;
    private final int most;
    private final Semaphore free;
    private final Map<Message, Long> unanswered = new ConcurrentHashMap<>();

    private StreamReader(NatsSettings settings, StreamSettings stream, SourceContext context) {
        this.settings = settings;
        this.stream = stream;
        this.context = context;
        // Namespaces have neither dots nor underscores, and consumers no dots: the name stays one object's own.
        consumer = new DurableConsumer(stream,
                stream.consumer().orElse(context.namespace() + "_" + context.name().replace('.', '_')),
                settings.subject().stream().toList());
        events = new NatsEvents(settings.cloudEvents(), context.clock());
        health = new Health(context::report);
        most = Math.min(UNANSWERED, stream.maxAckPending());
        free = new Semaphore(most);
        loop = new Perseverance(Thread.ofVirtual().name("jetstream-" + context.namespace() + "-" + context.name()),
                health, this::session);
    }

    static StreamReader start(NatsSettings settings, StreamSettings stream, SourceContext context) {
        var reader = new StreamReader(settings, stream, context);
        reader.loop.start();
        Thread.ofVirtual().name("jetstream-progress").start(reader::showProgress);
        return reader;
    }

    private void session(Backoff pace) throws Unreachable, InterruptedException {
        var isDoubtful = new AtomicBoolean();
        var watcher = new NatsWatcher() {
            @Override
            protected void lost() {
                isDoubtful.set(true);
                if (!loop.isStopping()) {
                    health.disconnected(new Unreachable("ConnectionLost",
                            "the connection to NATS at " + settings.access().where()
                                    + " is lost; it is being made again"));
                }
            }
        };
        var connection = settings.access().connect("bellhop " + context.namespace() + "/" + context.name(),
                context::secret, watcher);
        try {
            while (!loop.isStopping()) {
                if (connection.getStatus() == Connection.Status.CLOSED) {
                    throw new Unreachable("AuthenticationFailed", "NATS at " + settings.access().where()
                            + " ended the connection and refuses it; check auth");
                }
                try {
                    read(connection, isDoubtful, pace);
                } catch (IOException | JetStreamApiException | JetStreamStatusCheckedException e) {
                    health.disconnected(new Unreachable("JetStreamUnavailable", "stream '" + stream.stream()
                            + "' at " + settings.access().where() + " cannot be read at the moment: "
                            + Causes.told(e)));
                    loop.pause(pace.next());
                }
            }
            awaitAnswers();
            flush(connection);
        } finally {
            connection.close();
        }
    }

    /// Reads until the consumer has to be looked at again.
    private void read(Connection connection, AtomicBoolean isDoubtful, Backoff pace)
            throws Unreachable, InterruptedException, IOException, JetStreamApiException,
            JetStreamStatusCheckedException {
        isDoubtful.set(false);
        var reader = consumer.ready(connection);
        health.connected("reads stream " + stream.stream() + " as consumer " + consumer.name());
        pace.reset();
        while (!loop.isStopping() && !isDoubtful.get()) {
            long began = System.nanoTime();
            if (!pull(reader) && System.nanoTime() - began < PULL.toNanos() / 2) {
                // The server ended the pull without a message: perhaps the consumer is gone, or its leader.
                loop.pause(pace.next());
                return;
            }
        }
    }

    /// Asks for as many messages as may be under way besides; whether any came.
    private boolean pull(ConsumerContext reader)
            throws InterruptedException, IOException, JetStreamApiException, JetStreamStatusCheckedException {
        // A part of them at once, so that full pulls take turns with small ones when it is busy.
        int wanted = Math.max(1, most / 2);
        if (!free.tryAcquire(wanted, PULL.toMillis(), TimeUnit.MILLISECONDS)) {
            return true;
        }
        int taken = 0;
        try {
            var messages = reader.fetch(FetchConsumeOptions.builder().maxMessages(wanted).expiresIn(PULL.toMillis())
                    .build());
            while (!messages.isFinished()) {
                var message = messages.nextMessage();
                if (message != null) {
                    taken++;
                    take(message);
                }
            }
        } finally {
            free.release(wanted - taken);
        }
        return taken > 0;
    }

    private void take(Message message) {
        if (loop.isStopping()) {
            // Somebody else may have it at once.
            free.release();
            settle(message::nak);
            return;
        }
        unanswered.put(message, System.nanoTime());
        context.emit(events.stored(message)).whenComplete((emitted, failure) -> {
            unanswered.remove(message);
            free.release();
            if (failure != null) {
                LOG.atError().setCause(failure).log("An event of JetStream could not be handed over");
                settle(() -> message.nakWithDelay(AFTER_FAILURE));
                return;
            }
            switch (emitted) {
                case Emitted.Kept _ -> settle(message::ack);
                case Emitted.NotNow(var _, var retryAfter) -> settle(() -> message.nakWithDelay(retryAfter));
            }
        });
    }

    /// Tells the server. If that fails the message comes again, under the same id.
    private static void settle(Runnable answer) {
        try {
            answer.run();
        } catch (IllegalStateException e) {
            LOG.atDebug().setCause(e).log("A message of JetStream could not be settled and will come again");
        }
    }

    /// Keeps the server from bringing messages again that wait here.
    private void showProgress() {
        try {
            while (!loop.isStopping()) {
                loop.pause(stream.ackWait().dividedBy(3));
                long old = System.nanoTime() - stream.ackWait().dividedBy(4).toNanos();
                unanswered.forEach((message, since) -> {
                    if (since - old < 0) {
                        settle(message::inProgress);
                    }
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAnswers() throws InterruptedException {
        if (!free.tryAcquire(most, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.atWarn().log("A JetStream source ends before all of its events are kept; they will come again");
        }
    }

    private static void flush(Connection connection) throws InterruptedException {
        try {
            connection.flush(Duration.ofSeconds(1));
        } catch (java.util.concurrent.TimeoutException | IllegalStateException e) {
            LOG.atDebug().setCause(e).log("Acknowledgements may not have reached JetStream");
        }
    }

    @Override
    public void close() {
        loop.stop(PATIENCE.plus(PULL));
    }
}
