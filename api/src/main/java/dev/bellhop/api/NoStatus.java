package dev.bellhop.api;

/// The status of kinds that have none yet.
public record NoStatus() {}
