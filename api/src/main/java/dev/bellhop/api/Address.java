package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/// Where something can be reached.
public record Address(
        @JsonPropertyDescription("The full URL to send events to.") String url) {}
