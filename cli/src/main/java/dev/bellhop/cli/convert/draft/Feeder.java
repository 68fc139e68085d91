package dev.bellhop.cli.convert.draft;

/// Where a Trigger's events come from.
public sealed interface Feeder permits SourceDraft, DoorDraft {
    /// Name of the object.
    String name();

    /// Has the Trigger of this name get its events.
    void feed(String trigger);
}
