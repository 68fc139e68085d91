package dev.bellhop.listener.broker.nats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import dev.bellhop.listener.broker.Causes;
import dev.bellhop.listener.broker.SecretReader;
import dev.bellhop.listener.broker.SecretSnapshot;
import dev.bellhop.listener.broker.SharedConnections;
import dev.bellhop.listener.broker.Unreachable;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.PublishOptions;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;

/// Publishes to NATS, over connections that the messages of a tenant share.
public final class NatsPublisher implements AutoCloseable {
    private static final int MOST = 100;
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final SharedConnections<Key, Connection> connections = new SharedConnections<>(MOST, IDLE,
            connection -> connection.getStatus() != Connection.Status.CLOSED);

    private record Key(String tenant, NatsAccess access, SecretSnapshot secrets) {}

    /// What is published.
    ///
    /// @param id the same for every try: by it a stream knows duplicates
    public record Content(String subject, Map<String, String> headers, String body, String id) {}

    /// Publishes to a stream and waits for its word. Returns where it is: `stream ORDERS, sequence 7`.
    public String toStream(String tenant, NatsAccess access, SecretReader secrets, Content content, Duration timeout)
            throws Unreachable, InterruptedException {
        return use(tenant, access, secrets, connection -> {
            try {
                var stream = connection.jetStream(JetStreamOptions.builder().requestTimeout(timeout).build());
                var kept = stream.publish(message(content),
                        PublishOptions.builder().messageId(content.id).streamTimeout(timeout).build());
                return "stream " + kept.getStream() + ", sequence " + kept.getSeqno();
            } catch (JetStreamApiException e) {
                throw new Unreachable("JetStreamRefused",
                        "JetStream at " + access.where() + " does not keep a message to "
                                + content.subject + ": " + e.getErrorDescription(),
                        e);
            } catch (IOException | IllegalStateException e) {
                throw new Unreachable("JetStreamUnavailable", "no JetStream stream at " + access.where()
                        + " says that it keeps a message to " + content.subject + ": " + Causes.told(e), e);
            }
        });
    }

    /// Publishes to whoever listens just now.
    public void toSubject(String tenant, NatsAccess access, SecretReader secrets, Content content, Duration timeout)
            throws Unreachable, InterruptedException {
        use(tenant, access, secrets, connection -> {
            try {
                connection.publish(message(content));
                connection.flush(timeout);
                return "";
            } catch (TimeoutException | IllegalStateException e) {
                throw new Unreachable("ConnectionLost", "NATS at " + access.where() + " did not take a message to "
                        + content.subject + ": " + Causes.told(e), e);
            }
        });
    }

    private <R> R use(String tenant, NatsAccess access, SecretReader secrets,
            SharedConnections.Use<Connection, R> use) throws Unreachable, InterruptedException {
        var snapshot = SecretSnapshot.of(access.secrets(), secrets);
        return connections.use(new Key(tenant, access, snapshot),
                () -> access.connect("bellhop " + tenant, snapshot, new NatsWatcher()), use);
    }

    private static NatsMessage message(Content content) {
        var headers = new Headers();
        content.headers.forEach(headers::put);
        return NatsMessage.builder().subject(content.subject).headers(headers)
                .data(content.body.getBytes(StandardCharsets.UTF_8)).build();
    }

    @Override
    public void close() {
        connections.close();
    }
}
