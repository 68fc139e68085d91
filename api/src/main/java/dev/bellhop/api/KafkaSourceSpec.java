package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bellhop.api.broker.BrokerTlsSpec;
import dev.bellhop.api.broker.KafkaSaslSpec;
import org.jspecify.annotations.Nullable;

/// Records of Kafka topics, each at least once, through a consumer group that every replica shares. `bootstrapServers` and
/// `topics` are required.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KafkaSourceSpec(
        @JsonPropertyDescription("Brokers to begin with, such as kafka.kafka:9092.") List<String> bootstrapServers,
        @JsonPropertyDescription("Which topics. They must exist.") List<String> topics,
        @JsonPropertyDescription("Consumer group: each record reaches one of its members, so one replica. Default: namespace and name of the EventSource, as in team-a.orders.") @Nullable String group,
        @JsonPropertyDescription("Where a group begins in a partition that it has never read: latest (default: with what comes from then on) or earliest.") @Nullable String offsetReset,
        @JsonPropertyDescription("Who one is to the brokers. Default: nobody.") @Nullable KafkaSaslSpec sasl,
        @JsonPropertyDescription("How the connections are encrypted. Default: not.") @Nullable BrokerTlsSpec tls,
        @JsonPropertyDescription("detect (default): a record that is a CloudEvent, in binary or structured mode, is unwrapped: event is its attributes, body its data. off: every record is taken as it is.") @Nullable String cloudEvents) {

    public KafkaSourceSpec {
        bootstrapServers = bootstrapServers == null ? List.of() : List.copyOf(bootstrapServers);
        topics = topics == null ? List.of() : List.copyOf(topics);
    }
}
