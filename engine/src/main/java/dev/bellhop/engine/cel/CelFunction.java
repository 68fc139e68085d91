package dev.bellhop.engine.cel;

import java.util.List;

/// A function or macro that expressions may call: for the documentation, which is printed from these.
///
/// @param name       with its namespace, such as `sets.contains`
/// @param signatures one for each kind of arguments
/// @param sentence   what it gives
/// @param example    an expression that calls it
/// @param result     what the example gives, as JSON
public record CelFunction(String name, List<String> signatures, String sentence, String example, String result) {}
