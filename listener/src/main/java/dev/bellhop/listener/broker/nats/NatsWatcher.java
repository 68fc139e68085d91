package dev.bellhop.listener.broker.nats;

import java.util.concurrent.atomic.AtomicReference;

import dev.bellhop.listener.broker.Causes;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears how a connection to NATS fares. Calls come from threads of the connection and must not block.
public class NatsWatcher implements ConnectionListener, ErrorListener {
    private static final Logger LOG = LoggerFactory.getLogger(NatsWatcher.class);

    private final AtomicReference<@Nullable String> problem = new AtomicReference<>();

    /// The connection broke; it is being made again.
    protected void lost() {}

    /// It is there again, with its subscriptions.
    protected void restored() {}

    /// Messages came faster than they were taken, and were dropped.
    protected void dropped() {}

    /// What was said last, as the end of a sentence: empty, or with a colon before it.
    String lastProblem() {
        var last = problem.get();
        return last == null ? "" : ": " + last;
    }

    // It has a successor, which calls it, and has to be there.
    @SuppressWarnings("deprecation")
    @Override
    public final void connectionEvent(Connection connection, Events event) {
        switch (event) {
            case DISCONNECTED, CLOSED -> lost();
            case RESUBSCRIBED -> {
                problem.set(null);
                restored();
            }
            case CONNECTED -> problem.set(null);
            case RECONNECTED, DISCOVERED_SERVERS, LAME_DUCK -> {}
        }
    }

    @Override
    public final void errorOccurred(Connection connection, String error) {
        problem.set(error);
        LOG.atDebug().addKeyValue("detail", error).log("NATS reports an error");
    }

    @Override
    public final void exceptionOccurred(Connection connection, Exception failure) {
        problem.set(Causes.told(failure));
        LOG.atDebug().setCause(failure).log("NATS connection had a problem");
    }

    @Override
    public final void slowConsumerDetected(Connection connection, Consumer consumer) {
        dropped();
    }
}
