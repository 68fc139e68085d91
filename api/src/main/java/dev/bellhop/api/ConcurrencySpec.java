package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// Which deliveries of a Trigger exclude each other.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConcurrencySpec(
        @JsonPropertyDescription("CEL expression: of deliveries with the same value, one runs at a time. null or an empty string: the delivery excludes no other. Default: all deliveries of the Trigger exclude each other.") @Nullable String key,
        @JsonPropertyDescription("What a delivery does that finds others of its key unfinished: queue (default) waits its turn; cancelOlder cancels those that do not run yet; dropNewer gives way and is cancelled.") @Nullable String policy) {}
