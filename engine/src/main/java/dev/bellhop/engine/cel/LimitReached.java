package dev.bellhop.engine.cel;

/// Ends an evaluation that reached one of its [CelLimits]. An `Error`, because CEL turns every `Exception` below `&&`, `||`
/// and the like into a value that a neighbour may absorb, and `hostile || true` must not go on.
final class LimitReached extends Error {
    private final String why;

    LimitReached(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    String why() {
        return why;
    }
}
