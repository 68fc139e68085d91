package dev.bellhop.api.action;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// Sends a CloudEvent 1.0 over HTTP.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CloudEventAction(
        @JsonPropertyDescription("The sink, http or https.") @Nullable String url,
        @JsonPropertyDescription("The event's type. Default: that of the event, or dev.bellhop.event.") @Nullable String type,
        @JsonPropertyDescription("Its source. Default: the Trigger's URI.") @Nullable String source,
        @JsonPropertyDescription("What it is about. Default: none.") @Nullable String subject,
        @JsonPropertyDescription("Default: application/json, or text/plain for data that is text.") @Nullable String dataContentType,
        @JsonPropertyDescription("The data. Default: the body of the event.") @AnyJson @Nullable JsonNode data,
        @JsonPropertyDescription("Further attributes: names of lower-case letters and digits.") @Nullable Map<String, String> extensions,
        @JsonPropertyDescription("binary (default: attributes are headers) or structured (one JSON object).") @Nullable String mode,
        @JsonPropertyDescription("Headers whose values are in Secrets.") @Nullable List<SecretHeader> secretHeaders,
        @JsonPropertyDescription("How the listener proves who it is.") @Nullable HttpAuth auth,
        @JsonPropertyDescription("Certificates for https.") @Nullable TlsSpec tls,
        @JsonPropertyDescription("How long to wait for the answer, from 1s to 60s. Default: 10s.") @Nullable String timeout)
        implements
            ActionKind {}
