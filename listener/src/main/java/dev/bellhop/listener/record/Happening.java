package dev.bellhop.listener.record;

import java.time.Instant;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.EventId;

/// An [Ending]: when, of what, for whom.
public record Happening(Instant at, EventId eventId, ObjectName listener, ObjectName trigger, String triggerUid,
        Ending ending) {}
