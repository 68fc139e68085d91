package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// The events of an [EventRecord].
@JsonClassDescription("The recorded events.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventRecordSpec(
        @JsonPropertyDescription("The last events, the newest at the end.") List<RecordedEvent> events) {

    public EventRecordSpec {
        events = events == null ? List.of() : List.copyOf(events);
    }

    /// One event.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RecordedEvent(
            @JsonPropertyDescription("Tells the event from others: it is recorded once, however often it is tried.") @Nullable String key,
            @JsonPropertyDescription("Its ID, as in the answer to its sender and in the history.") @Nullable String eventID,
            @JsonPropertyDescription("When it happened, as far as its source knows.") @Nullable String time,
            @JsonPropertyDescription("Where it came from, such as http.") @Nullable String source,
            @JsonPropertyDescription("What its source calls it, such as update.") @Nullable String type,
            @JsonPropertyDescription("The object that it is about, if it is about one.") @Nullable Resource resource) {}

    /// An object that an event is about.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Resource(
            @JsonPropertyDescription("apiVersion of the object.") @Nullable String apiVersion,
            @JsonPropertyDescription("Its kind.") @Nullable String kind,
            @JsonPropertyDescription("Its namespace; empty for kinds without.") @Nullable String namespace,
            @JsonPropertyDescription("Its name.") @Nullable String name) {}
}
