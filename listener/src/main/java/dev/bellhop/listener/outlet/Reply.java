package dev.bellhop.listener.outlet;

import java.time.Duration;
import java.util.Optional;

/// What came back.
///
/// @param body       its first [Outlet#MOST_BYTES], as UTF-8
/// @param retryAfter how long it asked us to wait
public record Reply(int status, String body, Optional<Duration> retryAfter) {
    /// Whether it is 2xx.
    public boolean isGood() {
        return status >= 200 && status < 300;
    }

    /// Whether another try may be answered better: 408, 409, 425, 429 and 5xx.
    public boolean mayGetBetter() {
        return status >= 500 || status == 408 || status == 409 || status == 425 || status == 429;
    }
}
