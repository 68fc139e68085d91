package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// How an event that a sender sends twice is recognised.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DedupSpec(
        @JsonPropertyDescription("CEL expression: two events with the same value are the same. null or an empty string: the event is not compared with others. Default: the sender's delivery id, such as X-GitHub-Delivery.") @Nullable String key,
        @JsonPropertyDescription("For how long an event is remembered, such as 10m or 24h. Default: 1h.") @Nullable String window,
        @JsonPropertyDescription("false: every event is delivered, however often it comes. Default: true.") @Nullable Boolean enabled) {}
