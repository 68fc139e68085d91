package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.broker.BrokerTlsSpec;
import dev.bellhop.api.secret.SecretKeyRef;
import org.jspecify.annotations.Nullable;

/// A source that does not come with Bellhop: either `type`, or `url` with `tokenSecret`.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PluginSourceSpec(
        @JsonPropertyDescription("Which one, of a JAR that the admin put beside listener and controller: the name that the plug-in gives itself. `bellhop sources` lists them.") @Nullable String type,
        @JsonPropertyDescription("Where the plug-in is, http or https, such as http://ticker.team-a.svc: it is told there of this EventSource, and posts its events to the listener.") @Nullable String url,
        @JsonPropertyDescription("With url: the token, in a Secret of the EventSource's namespace, that plug-in and listener show each other as Authorization: Bearer.") @Nullable SecretKeyRef tokenSecret,
        @JsonPropertyDescription("With an https url: whom to trust, and who one is to the plug-in. Default: the authorities that Java trusts, and nobody.") @Nullable BrokerTlsSpec tls,
        @JsonPropertyDescription("The plug-in's own fields, handed to it as they are written.") @Nullable JsonNode spec) {}
