package dev.bellhop.engine.bind;

/// A param of a Trigger, after its TriggerBindings were looked up.
///
/// @param source where it is written, for messages: `spec.bindings[0].value`, `TriggerBinding team-a/push param 'sha'`
/// @param name   its name in templates
/// @param value  text with `$(body.x)`, `$(header.x)`, `$(extensions.x)` and `$(context.eventID)` in it
public record SourcedParam(String source, String name, String value) {}
