package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// How the reading of one of a source's clusters fares.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceClusterStatus(
        @JsonPropertyDescription("Name of the cluster, as in clusters and event.cluster.") @Nullable String name,
        @JsonPropertyDescription("Whether it is being watched.") @Nullable Boolean connected,
        @JsonPropertyDescription("Why, in one word: Connected, Unreachable, BadCredentials, Unauthorized, Forbidden, KindNotServed, Refused.") @Nullable String reason,
        @JsonPropertyDescription("Why, for the person who can mend it.") @Nullable String message,
        @JsonPropertyDescription("Since when it is connected, or is not (RFC 3339).") @Nullable String lastTransitionTime) {}
