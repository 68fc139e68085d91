package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// What becomes of a delivery that is given up.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterSpec(
        @JsonPropertyDescription("Whether it is kept with its event, to be looked at and delivered again. Default: true.") @Nullable Boolean keep,
        @JsonPropertyDescription("An http or https URL that a CloudEvent with the record of the delivery is posted to.") @Nullable String url) {}
