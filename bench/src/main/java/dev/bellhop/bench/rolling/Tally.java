package dev.bellhop.bench.rolling;

import dev.bellhop.bench.send.Ledger;

/// What became of pushes.
///
/// @param comeBack  503 with `Retry-After`
/// @param other     answers that are neither that nor 202
/// @param unreached connections that came not about
/// @param brokenOff connections that broke before the answer
record Tally(long accepted, long comeBack, long other, long unreached, long brokenOff) {
    static Tally of(Callers.Seen seen) {
        long comeBack = seen.ledger().refused().values().stream().filter(Tally::isComeBack).count();
        return new Tally(seen.ledger().acknowledged().size(), comeBack, seen.ledger().refused().size() - comeBack,
                seen.unreached().size(), seen.brokenOff().size());
    }

    private static boolean isComeBack(Ledger.Refusal refusal) {
        return refusal.status() == 503 && refusal.saysWhen();
    }

    /// What came since then.
    Tally minus(Tally before) {
        return new Tally(accepted - before.accepted, comeBack - before.comeBack, other - before.other,
                unreached - before.unreached, brokenOff - before.brokenOff);
    }

    /// As people read it.
    String text() {
        return "202 × %d, 503 with Retry-After × %d, other answers × %d, not reached × %d, broken off × %d"
                .formatted(accepted, comeBack, other, unreached, brokenOff);
    }
}
