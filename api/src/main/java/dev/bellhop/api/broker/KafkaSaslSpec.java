package dev.bellhop.api.broker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bellhop.api.secret.SecretKeyRef;
import org.jspecify.annotations.Nullable;

/// Who one is to Kafka brokers. All fields are required.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KafkaSaslSpec(
        @JsonPropertyDescription("PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512.") @Nullable String mechanism,
        @JsonPropertyDescription("User name.") @Nullable String user,
        @JsonPropertyDescription("Where the password is.") @Nullable SecretKeyRef passwordSecret) {}
