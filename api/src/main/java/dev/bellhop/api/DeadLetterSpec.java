package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bellhop.api.action.ActionSpec;
import org.jspecify.annotations.Nullable;

/// What becomes of a delivery that is given up, besides being kept to be looked at and delivered again.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterSpec(
        @JsonPropertyDescription("An http or https URL that a CloudEvent with the record of the delivery is posted to.") @Nullable String url,
        @JsonPropertyDescription("What to do then with the original event, as the same ServiceAccount; expressions also see failure: step, message and attempts.") List<ActionSpec> actions) {
    public DeadLetterSpec {
        actions = actions == null ? List.of() : List.copyOf(actions);
    }
}
