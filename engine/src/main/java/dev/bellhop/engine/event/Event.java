package dev.bellhop.engine.event;

import java.time.Instant;

/// One thing received, whatever door it used.
///
/// @param id         names it everywhere
/// @param receivedAt when its last byte was read
/// @param method     the HTTP method, in upper case; `POST` for what a source brings
/// @param requestUrl path and query as the sender wrote them, without scheme and host: CEL's `requestURL`; `/` for what a source
///                   brings
/// @param headers    as sent, without `Host`
/// @param body       bytes and JSON
/// @param origin     what brought it
public record Event(EventId id, Instant receivedAt, String method, String requestUrl, Headers headers, Body body,
        Origin origin) {
    /// An event that was posted.
    public Event(EventId id, Instant receivedAt, String method, String requestUrl, Headers headers, Body body) {
        this(id, receivedAt, method, requestUrl, headers, body, Origin.HTTP);
    }

    /// An event that a source brought.
    public static Event of(EventId id, Instant receivedAt, Headers headers, Body body, Origin.Sourced origin) {
        return new Event(id, receivedAt, "POST", "/", headers, body, origin);
    }
}
