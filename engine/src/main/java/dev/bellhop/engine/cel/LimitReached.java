package dev.bellhop.engine.cel;

/// Ends an evaluation that reached one of its [CelLimits]. An `Error`, because CEL turns every `Exception` below `&&`, `||`
/// and the like into a value that a neighbour may absorb, and `hostile || true` must not go on.
final class LimitReached extends Error {
    LimitReached(String message) {
        super(message, null, false, false);
    }
}
