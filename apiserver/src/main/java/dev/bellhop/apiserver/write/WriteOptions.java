package dev.bellhop.apiserver.write;

/// How a write is to be done.
///
/// @param manager who owns the fields that it changes
public record WriteOptions(boolean dryRun, String manager, UnknownFields unknownFields) {

    /// What happens to fields that the schema does not name.
    public enum UnknownFields {
        IGNORE, WARN, STRICT
    }
}
