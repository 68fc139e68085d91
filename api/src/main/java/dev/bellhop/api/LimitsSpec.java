package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// How much may be used. A field that is absent limits nothing by itself.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LimitsSpec(
        @JsonPropertyDescription("How many events a second are taken in, on average; more are answered 429 with Retry-After. May be below 1.") @Nullable Double eventsPerSecond,
        @JsonPropertyDescription("How many events may come at once before eventsPerSecond counts. Default: eventsPerSecond, rounded up.") @Nullable Integer burst,
        @JsonPropertyDescription("How many deliveries run at once; the others wait.") @Nullable Integer concurrency,
        @JsonPropertyDescription("How many unfinished deliveries may wait; further events are answered 429 with Retry-After.") @Nullable Long queuedEvents,
        @JsonPropertyDescription("How many bytes the events of unfinished deliveries may take, such as 64Mi; further events are answered 429 with Retry-After.") @Nullable String queuedBytes) {}
