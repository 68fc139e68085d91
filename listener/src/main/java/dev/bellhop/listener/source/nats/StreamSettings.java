package dev.bellhop.listener.source.nats;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.api.NatsJetStreamSpec;
import dev.bellhop.listener.broker.FieldChecks;
import io.nats.client.api.DeliverPolicy;
import org.jspecify.annotations.Nullable;

/// What a sound [NatsJetStreamSpec] says, with its defaults.
///
/// @param consumer      empty for the default, which the EventSource's name gives
/// @param create        whether the consumer may be made and changed
/// @param ackWait       after how long without a sign the server brings a message again
/// @param maxAckPending bound of messages under way, from 1 to 1,000
record StreamSettings(String stream, Optional<String> consumer, boolean create, DeliverPolicy deliverPolicy,
        Optional<Long> startSequence, Optional<OffsetDateTime> startTime, Duration ackWait, int maxAckPending,
        Optional<Duration> inactiveThreshold, Optional<String> domain) {
    private static final Map<String, DeliverPolicy> POLICIES = policies();

    static StreamSettings of(NatsJetStreamSpec spec, FieldChecks checks) {
        var stream = name("jetStream.stream", checks.required("jetStream.stream", spec.stream(), "ORDERS"), checks);
        var consumer = Optional.ofNullable(spec.consumer()).filter(text -> !text.isBlank())
                .map(text -> name("jetStream.consumer", text, checks));
        var policy = checks.oneOf("jetStream.deliverPolicy", spec.deliverPolicy(), POLICIES, "new");
        if ((policy == DeliverPolicy.ByStartSequence) == (spec.startSequence() == null)) {
            checks.refuse("jetStream.startSequence", "goes with deliverPolicy: byStartSequence, and only with it");
        } else if (spec.startSequence() != null && spec.startSequence() < 1) {
            checks.refuse("jetStream.startSequence", spec.startSequence() + " must be from 1");
        }
        if ((policy == DeliverPolicy.ByStartTime) == (spec.startTime() == null)) {
            checks.refuse("jetStream.startTime", "goes with deliverPolicy: byStartTime, and only with it");
        }
        return new StreamSettings(stream, consumer, !Boolean.FALSE.equals(spec.createConsumer()), policy,
                Optional.ofNullable(spec.startSequence()), time(spec.startTime(), checks),
                checks.duration("jetStream.ackWait", spec.ackWait(), Duration.ofSeconds(1), Duration.ofSeconds(30)),
                checks.number("jetStream.maxAckPending", spec.maxAckPending(), 1, 1000, 512),
                Optional.ofNullable(spec.inactiveThreshold()).map(text -> checks.duration("jetStream.inactiveThreshold",
                        text, Duration.ofMinutes(1), Duration.ofDays(30))),
                Optional.ofNullable(spec.domain()).filter(text -> !text.isBlank())
                        .map(text -> name("jetStream.domain", text, checks)));
    }

    private static Map<String, DeliverPolicy> policies() {
        var policies = new LinkedHashMap<String, DeliverPolicy>();
        policies.put("new", DeliverPolicy.New);
        policies.put("all", DeliverPolicy.All);
        policies.put("last", DeliverPolicy.Last);
        policies.put("lastPerSubject", DeliverPolicy.LastPerSubject);
        policies.put("byStartSequence", DeliverPolicy.ByStartSequence);
        policies.put("byStartTime", DeliverPolicy.ByStartTime);
        return policies;
    }

    private static String name(String field, String name, FieldChecks checks) {
        if (name.chars().anyMatch(c -> c <= ' ' || ".*>/\\".indexOf(c) >= 0)) {
            checks.refuse(field, "'" + name + "' must hold neither white space nor any of . * > / \\");
        }
        return name;
    }

    private static Optional<OffsetDateTime> time(@Nullable String text, FieldChecks checks) {
        try {
            return Optional.ofNullable(text).map(OffsetDateTime::parse);
        } catch (DateTimeException e) {
            checks.refuse("jetStream.startTime", "'" + text + "' is no time; write it as 2026-01-31T00:00:00Z");
            return Optional.empty();
        }
    }
}
