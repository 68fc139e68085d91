package dev.bellhop.engine.cel;

/// Why a delivery is given up.
///
/// @param step     the part of the chain that failed, such as `act`
/// @param message  for people
/// @param attempts how often it was tried
public record Failure(String step, String message, int attempts) {}
