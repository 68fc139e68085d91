package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// A line in the listener's log.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogAction(
        @JsonPropertyDescription("What to say; shortened to 4,096 characters. Default: the body of the event.") @Nullable String message,
        @JsonPropertyDescription("At most one line in so many seconds; the next line tells how many were left out. Default: 0, every line.") @Nullable Integer intervalSeconds)
        implements
            ActionKind {}
