package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;

/// The status of kinds that have none yet.
@JsonClassDescription("Empty: this kind has no status yet.")
public record NoStatus() {}
