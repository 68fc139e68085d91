package dev.bellhop.listener.source.kube;

/// How the reading of a cluster's objects fares.
public sealed interface Fare {
    /// Nobody knows yet.
    record Starting() implements Fare {}

    /// They are being watched.
    record Watching() implements Fare {}

    /// They cannot be read at the moment. `reason` is one CamelCase word.
    record Failing(String reason, String message) implements Fare {}
}
