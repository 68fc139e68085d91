package dev.bellhop.engine.event;

import java.time.Instant;

/// One thing received, whatever door it used.
///
/// @param id         names it everywhere
/// @param receivedAt when its last byte was read
/// @param method     the HTTP method, in upper case
/// @param requestUrl path and query as the sender wrote them, without scheme and host: CEL's `requestURL`
/// @param headers    as sent, without `Host`
/// @param body       bytes and JSON
public record Event(EventId id, Instant receivedAt, String method, String requestUrl, Headers headers, Body body) {}
