package dev.bellhop.engine.event;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What brought an event.
public sealed interface Origin {
    /// A sender posted it to an EventListener.
    Origin HTTP = new Http();

    /// See [#HTTP].
    record Http() implements Origin {}

    /// An EventSource brought it. Expressions see all but `oldBody` as fields of `event`.
    ///
    /// @param source  the kind of source, such as `cron`
    /// @param id      the source's own name of the event, the same whenever the source brings it again
    /// @param type    such as `update`
    /// @param subject what it is about; may be empty
    /// @param time    when it happened, as far as the source knows
    /// @param facts   what the source knows besides, by name; must not be changed
    /// @param oldBody what was there before, for a change; must not be changed
    record Sourced(String source, String id, String type, String subject, Instant time, ObjectNode facts,
            Optional<JsonNode> oldBody) implements Origin {}
}
