package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// A message to a broker. Exactly one of the fields.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PublishAction(
        @JsonPropertyDescription("A message to a NATS subject.") @Nullable NatsMessage nats,
        @JsonPropertyDescription("A record to a Kafka topic.") @Nullable KafkaMessage kafka)
        implements
            ActionKind {}
