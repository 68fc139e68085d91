package dev.bellhop.listener.source.nats;

import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

import dev.bellhop.listener.broker.Unreachable;
import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;

/// The durable pull consumer that the replicas of a source share: finds it, makes it, brings it in line.
///
/// @param subjects empty for all of the stream
record DurableConsumer(StreamSettings settings, String name, List<String> subjects) {
    private static final int STREAM_NOT_FOUND = 10059;
    private static final int CONSUMER_NOT_FOUND = 10014;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// The consumer, ready to be read.
    ConsumerContext ready(Connection connection) throws Unreachable, IOException, JetStreamApiException {
        var options = JetStreamOptions.builder().requestTimeout(TIMEOUT);
        settings.domain().ifPresent(options::domain);
        var management = connection.jetStreamManagement(options.build());
        if (settings.create()) {
            bringInLine(management);
        } else {
            check(find(management));
        }
        return connection.getConsumerContext(settings.stream(), name, options.build());
    }

    private void bringInLine(JetStreamManagement management) throws Unreachable, IOException, JetStreamApiException {
        ConsumerConfiguration wanted;
        try {
            var found = management.getConsumerInfo(settings.stream(), name);
            check(found);
            if (isInLine(found.getConsumerConfiguration())) {
                return;
            }
            wanted = changed(found.getConsumerConfiguration());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != CONSUMER_NOT_FOUND) {
                throw told(e);
            }
            wanted = made();
        }
        try {
            management.addOrUpdateConsumer(settings.stream(), wanted);
        } catch (JetStreamApiException e) {
            throw told(e);
        }
    }

    private ConsumerInfo find(JetStreamManagement management) throws Unreachable, IOException, JetStreamApiException {
        try {
            return management.getConsumerInfo(settings.stream(), name);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == CONSUMER_NOT_FOUND) {
                throw new Unreachable("ConsumerMissing", "stream '" + settings.stream() + "' has no consumer '" + name
                        + "', and createConsumer: false forbids to make it", e);
            }
            throw told(e);
        }
    }

    /// What only somebody can mend is told as such; the rest is as it was.
    private JetStreamApiException told(JetStreamApiException e) throws Unreachable {
        if (e.getApiErrorCode() == STREAM_NOT_FOUND) {
            throw new Unreachable("StreamMissing", "there is no stream '" + settings.stream() + "'; make it, or name"
                    + " another in jetStream.stream", e);
        }
        if (e.getErrorCode() == 400) {
            throw new Unreachable("ConsumerRefused", "consumer '" + name + "' of stream '" + settings.stream()
                    + "' cannot be made as it is wanted: " + e.getErrorDescription(), e);
        }
        return e;
    }

    private void check(ConsumerInfo found) throws Unreachable {
        var configuration = found.getConsumerConfiguration();
        if (configuration.getDeliverSubject() != null || configuration.getAckPolicy() != AckPolicy.Explicit) {
            throw new Unreachable("ConsumerUnusable", "consumer '" + name + "' of stream '" + settings.stream()
                    + "' must be a pull consumer with explicit acknowledgement; name another in jetStream.consumer");
        }
    }

    private boolean isInLine(ConsumerConfiguration found) {
        return Objects.requireNonNullElse(found.getFilterSubjects(), List.of()).equals(subjects)
                && settings.ackWait().equals(found.getAckWait())
                && found.getMaxAckPending() == settings.maxAckPending()
                && settings.inactiveThreshold().equals(java.util.Optional.ofNullable(found.getInactiveThreshold())
                        .filter(threshold -> !threshold.isZero()));
    }

    private ConsumerConfiguration made() {
        var wanted = ConsumerConfiguration.builder().durable(name).ackPolicy(AckPolicy.Explicit)
                .deliverPolicy(settings.deliverPolicy()).description("An EventSource of Bellhop reads by this");
        settings.startSequence().ifPresent(wanted::startSequence);
        settings.startTime().map(OffsetDateTime::toZonedDateTime).ifPresent(wanted::startTime);
        return fields(wanted);
    }

    private ConsumerConfiguration changed(ConsumerConfiguration found) {
        return fields(ConsumerConfiguration.builder(found));
    }

    private ConsumerConfiguration fields(ConsumerConfiguration.Builder consumer) {
        consumer.filterSubjects(subjects).ackWait(settings.ackWait()).maxAckPending(settings.maxAckPending());
        settings.inactiveThreshold().ifPresent(consumer::inactiveThreshold);
        return consumer.build();
    }
}
