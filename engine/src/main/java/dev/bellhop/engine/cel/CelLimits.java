package dev.bellhop.engine.cel;

import java.time.Duration;

/// What one expression may cost. An expression is written by a tenant and runs on an event loop that all tenants share, so
/// nothing in it may take long: not its text, not its evaluation, not a single call.
///
/// @param codePoints        of the source text
/// @param depth             of its syntax tree
/// @param nodes             of its syntax tree, macros expanded
/// @param iterations        of all its comprehensions together
/// @param regexInstructions of one compiled regular expression
/// @param characters        of a string, or bytes, that it makes
/// @param elements          of a list that it makes
/// @param work              units of work, about one for each evaluated node, element made, or 16 characters made
/// @param deadline          after which it ends, whatever it is doing; the other limits should be met long before
public record CelLimits(int codePoints, int depth, int nodes, int iterations, int regexInstructions, int characters,
        int elements, long work, Duration deadline) {
    /// Far more than filters in use need, and some tens of milliseconds at worst.
    public static final CelLimits DEFAULT = new CelLimits(32_768, 100, 10_000, 10_000, 2_000, 8 << 20, 100_000,
            1_000_000,
            Duration.ofSeconds(1));
}
