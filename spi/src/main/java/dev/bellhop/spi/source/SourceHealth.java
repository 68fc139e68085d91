package dev.bellhop.spi.source;

/// How a source fares; becomes the condition `Connected` of its EventSource.
public sealed interface SourceHealth {
    /// It brings events, or would if there were any.
    record Connected(String message) implements SourceHealth {}

    /// It cannot at the moment, and tries again by itself. `reason` is one CamelCase word.
    record Disconnected(String reason, String message) implements SourceHealth {}
}
