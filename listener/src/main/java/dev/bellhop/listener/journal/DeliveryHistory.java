package dev.bellhop.listener.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.event.Event;

/// Everything known of one delivery.
///
/// @param event      what was received, without credentials; absent when the stored bytes are corrupt
/// @param extensions what the interceptors before the 202 added; absent when the stored bytes are corrupt
/// @param failures   the tries that did not succeed, oldest first
public record DeliveryHistory(DeliverySummary summary, Optional<Event> event, Optional<ObjectNode> extensions,
        List<FailedTry> failures) {
    /// One try that did not succeed.
    public record FailedTry(int attempt, Instant startedAt, Instant endedAt, String step, String why) {}
}
