package dev.bellhop.listener.journal;

import java.time.Instant;
import java.util.Optional;

/// How a journal fares.
///
/// @param accepting        an append would be stored now; `/ready` depends on it
/// @param why              why it would not
/// @param unfinished       deliveries that are neither done nor given up
/// @param oldestUnfinished when the oldest of them was accepted
/// @param finished         deliveries kept for people to see
/// @param queuedBytes      handed in, not on disk yet
/// @param handOverBytes    events kept in memory so that they need not be read back, estimated
/// @param refused          appends that were answered [Appended.Unavailable] since the start
/// @param corrupt          deliveries, and entries of what sources remember, found corrupt since the start
/// @param quarantined      journal files set aside as unreadable since the start
public record JournalStatus(boolean accepting, Optional<String> why, long unfinished,
        Optional<Instant> oldestUnfinished, long finished, long queuedBytes, long handOverBytes, long refused,
        long corrupt, long quarantined) {}
