package dev.bellhop.api.action;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// Which objects are meant, when not the one of the event's name.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NameSelector(
        @JsonPropertyDescription("The name is the value of this label of the event's object.") @Nullable String fromLabel,
        @JsonPropertyDescription("All objects of the namespace with these labels.") @Nullable Map<String, String> matchingLabels) {}
