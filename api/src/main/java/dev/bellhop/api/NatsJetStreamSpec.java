package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// What a [NatsSourceSpec] reads of JetStream: a stream, through a durable consumer that every replica shares.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NatsJetStreamSpec(
        @JsonPropertyDescription("Name of the stream. It must exist.") @Nullable String stream,
        @JsonPropertyDescription("Name of the durable pull consumer. Default: namespace and name of the EventSource, as in team-a_orders.") @Nullable String consumer,
        @JsonPropertyDescription("false: the consumer must exist, with explicit acknowledgement, and is used as it is. Default: true, it is created when it is missing, and brought in line with these fields.") @Nullable Boolean createConsumer,
        @JsonPropertyDescription("With which message a new consumer begins: all, new (default: those that come after it was created), last, lastPerSubject, byStartSequence or byStartTime.") @Nullable String deliverPolicy,
        @JsonPropertyDescription("The sequence to begin with, for byStartSequence.") @Nullable Long startSequence,
        @JsonPropertyDescription("The time to begin with, such as 2026-01-31T00:00:00Z, for byStartTime.") @Nullable String startTime,
        @JsonPropertyDescription("After how long without an acknowledgement the server delivers a message again, from 1s. Default: 30s. A message that waits here is kept from that.") @Nullable String ackWait,
        @JsonPropertyDescription("How many messages may be unacknowledged at once, over all replicas, from 1 to 1000. Default: 512.") @Nullable Integer maxAckPending,
        @JsonPropertyDescription("After how long without any replica the server removes the consumer, and with it how far it had read, such as 720h. Default: never.") @Nullable String inactiveThreshold,
        @JsonPropertyDescription("The JetStream domain, for a leaf node.") @Nullable String domain) {}
