package dev.bellhop.api.action;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.broker.BrokerTlsSpec;
import dev.bellhop.api.broker.NatsAuthSpec;
import org.jspecify.annotations.Nullable;

/// A message to a NATS subject. `url` and `subject` are required.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NatsMessage(
        @JsonPropertyDescription("Where the servers are, such as nats://nats.nats:4222; several with commas between.") @Nullable String url,
        @JsonPropertyDescription("To which subject.") @Nullable String subject,
        @JsonPropertyDescription("true (default): a JetStream stream must keep it and say so; a repeated try is recognised by the header Nats-Msg-Id and not kept twice. false: it is sent, and nobody says whether it arrived.") @Nullable Boolean jetStream,
        @JsonPropertyDescription("Headers.") @Nullable Map<String, String> headers,
        @JsonPropertyDescription("The content: text is sent as it is, other JSON as JSON. Default: none.") @AnyJson @Nullable JsonNode body,
        @JsonPropertyDescription("Who one is to the server. Default: nobody.") @Nullable NatsAuthSpec auth,
        @JsonPropertyDescription("How the connection is encrypted. Default: not, unless url begins with tls://.") @Nullable BrokerTlsSpec tls,
        @JsonPropertyDescription("How long to wait for the stream's word, from 1s to 60s. Default: 10s.") @Nullable String timeout) {}
