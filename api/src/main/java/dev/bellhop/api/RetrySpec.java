package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// When a failed delivery is tried again, and when it is given up. The words of Argo Events (`steps`, `duration`) and
/// Knative (`backoffDelay`, `backoffPolicy`) are understood where they mean the same.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetrySpec(
        @JsonPropertyDescription("How many attempts a delivery gets in all, the first included. Default: 12. 1 means no retry.") @JsonAlias("steps") @Nullable Integer maxAttempts,
        @JsonPropertyDescription("How long to wait after the first attempt, such as 500ms or 1m30s. Default: 1s.") @JsonAlias({
                "duration", "backoffDelay"}) @Nullable String delay,
        @JsonPropertyDescription("By what the delay grows with each attempt, from 1 (always the same) to 10. Default: 2.") @Nullable Double factor,
        @JsonPropertyDescription("The longest delay. Default: 5m, or delay if that is longer.") @Nullable String maxDelay,
        @JsonPropertyDescription("Which part of each delay is left to chance, from 0 (none: exactly the delay) to 1 (all: anything from nothing to the delay), so that many that failed together do not come back together. Default: 1.") @Nullable Double jitter,
        @JsonPropertyDescription("How long after the event was received the last attempt may begin. Default: 24h.") @Nullable String maxAge,
        @JsonPropertyDescription("Knative's word: exponential is the same as factor: 2.") @Nullable String backoffPolicy) {}
