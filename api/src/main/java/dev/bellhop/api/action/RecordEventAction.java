package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// Adds the event to an EventRecord, which keeps the last ones.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordEventAction(
        @JsonPropertyDescription("Name of the EventRecord, which is made if it is not there. Default: the name of the event's object, or the Trigger's.") @Nullable String name,
        @JsonPropertyDescription("Its namespace. Default: that of the event's object, or the Trigger's.") @Nullable String namespace,
        @JsonPropertyDescription("How many events it keeps, from 1 to 100. Default: 10.") @Nullable Integer limit,
        @JsonPropertyDescription("true (default): the object of the event, if it has one in the same namespace, takes the record along when it is deleted.") @Nullable Boolean owner)
        implements
            ActionKind {}
