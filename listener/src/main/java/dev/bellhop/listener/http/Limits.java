package dev.bellhop.listener.http;

import java.time.Duration;

/// What the event port puts up with.
///
/// @param bodyBytes       of one request
/// @param inFlightBytes   of all requests that are being read or waiting for their answer
/// @param headerBytes     of one request
/// @param requestTime     for a request to arrive whole
/// @param idleTime        after which a silent connection is closed
public record Limits(int bodyBytes, long inFlightBytes, int headerBytes, Duration requestTime, Duration idleTime) {
    /// Safe values for a listener on the internet: GitHub's largest payloads are 25 MB but hardly any exceeds 5 MiB.
    public static final Limits DEFAULT = new Limits(5 << 20, 64L << 20, 32 << 10, Duration.ofSeconds(10),
            Duration.ofSeconds(60));
}
