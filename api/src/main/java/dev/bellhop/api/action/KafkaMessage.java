package dev.bellhop.api.action;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.broker.BrokerTlsSpec;
import dev.bellhop.api.broker.KafkaSaslSpec;
import org.jspecify.annotations.Nullable;

/// A record to a Kafka topic. `bootstrapServers` and `topic` are required.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KafkaMessage(
        @JsonPropertyDescription("Brokers to begin with, such as kafka.kafka:9092.") @Nullable List<String> bootstrapServers,
        @JsonPropertyDescription("To which topic.") @Nullable String topic,
        @JsonPropertyDescription("The key; records of one key keep their order. Default: none.") @Nullable String key,
        @JsonPropertyDescription("Headers, besides Idempotency-Key, which is the same for every try.") @Nullable Map<String, String> headers,
        @JsonPropertyDescription("The value: text is sent as it is, other JSON as JSON. Default: none.") @AnyJson @Nullable JsonNode body,
        @JsonPropertyDescription("Who one is to the brokers. Default: nobody.") @Nullable KafkaSaslSpec sasl,
        @JsonPropertyDescription("How the connections are encrypted. Default: not.") @Nullable BrokerTlsSpec tls,
        @JsonPropertyDescription("How long to wait until all replicas in sync have it, from 1s to 60s. Default: 10s.") @Nullable String timeout) {}
