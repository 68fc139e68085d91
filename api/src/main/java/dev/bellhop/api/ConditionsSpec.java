package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// Several different events that a [Trigger] waits for before it acts once for all of them.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ConditionsSpec(
        @JsonPropertyDescription("Which of the events must have come: their names with &&, || and parentheses. Default: all of them.") @JsonAlias("conditions") @Nullable String expression,
        @JsonPropertyDescription("The events, by name. What bindings and actions see as body is an object with the body of the latest of each under its name.") List<Event> events,
        @JsonPropertyDescription("When what has come so far is forgotten.") List<Reset> reset) {

    public ConditionsSpec {
        events = events == null ? List.of() : List.copyOf(events);
        reset = reset == null ? List.of() : List.copyOf(reset);
    }

    /// One of the events that are waited for.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Event(
            @JsonPropertyDescription("Its name: a letter, then letters, digits, '_' and '-'.") @Nullable String name,
            @JsonPropertyDescription("CEL expression that is true of it.") @Nullable String filter) {}

    /// A time at which what has come so far is forgotten.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reset(
            @JsonPropertyDescription("When, as five fields of cron or @hourly, @daily and so on.") @JsonAlias("cron") @Nullable String schedule,
            @JsonPropertyDescription("IANA time zone of the schedule. Default: UTC.") @JsonAlias("timezone") @Nullable String timeZone) {}
}
