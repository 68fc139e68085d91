package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bellhop.api.broker.BrokerTlsSpec;
import dev.bellhop.api.broker.NatsAuthSpec;
import org.jspecify.annotations.Nullable;

/// Messages of NATS: of a subject as they pass by, at most once; with `jetStream` of a stream, each at least once. `url` and
/// `subject` are required (with `jetStream`, `subject` may be absent).
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NatsSourceSpec(
        @JsonPropertyDescription("Where the servers are, such as nats://nats.nats:4222; several with commas between. tls:// means TLS.") @Nullable String url,
        @JsonPropertyDescription("Which subject, such as orders.*.created or orders.>. With jetStream: which of the stream's; default all.") @Nullable String subject,
        @JsonPropertyDescription("Queue group: each message reaches one of its members, so one replica. Default: namespace and name of the EventSource, as in team-a.orders. Not with jetStream.") @Nullable String queue,
        @JsonPropertyDescription("Reads a stream through a durable consumer instead: no message is lost while nobody listens.") @Nullable NatsJetStreamSpec jetStream,
        @JsonPropertyDescription("Who one is to the server. Default: nobody.") @Nullable NatsAuthSpec auth,
        @JsonPropertyDescription("How the connection is encrypted. Default: not, unless url begins with tls://.") @Nullable BrokerTlsSpec tls,
        @JsonPropertyDescription("detect (default): a message that is a CloudEvent, in binary or structured mode, is unwrapped: event is its attributes, body its data. off: every message is taken as it is.") @Nullable String cloudEvents) {}
