package dev.bellhop.api.action;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// An HTTP request.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpAction(
        @JsonPropertyDescription("Where to, http or https.") @Nullable String url,
        @JsonPropertyDescription("The method. Default: POST.") @Nullable String method,
        @JsonPropertyDescription("Headers. Default of Content-Type: application/json, or text/plain for a body that is text.") @Nullable Map<String, String> headers,
        @JsonPropertyDescription("Headers whose values are in Secrets.") @Nullable List<SecretHeader> secretHeaders,
        @JsonPropertyDescription("The body: text is sent as it is, other JSON as JSON. Default: none.") @AnyJson @Nullable JsonNode body,
        @JsonPropertyDescription("How the listener proves who it is.") @Nullable HttpAuth auth,
        @JsonPropertyDescription("Certificates for https.") @Nullable TlsSpec tls,
        @JsonPropertyDescription("Status codes that mean success. Default: 200 to 299.") @Nullable List<Integer> successCodes,
        @JsonPropertyDescription("How long to wait for the answer, from 1s to 60s. Default: 10s.") @Nullable String timeout)
        implements
            ActionKind {}
