package dev.bellhop.engine.catalog;

import java.util.List;
import java.util.Optional;

import dev.bellhop.api.EventListener;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.select.TriggerIndex;

/// What is true of one EventListener, and the Triggers it serves.
///
/// @param serviceAccount that creates objects for Triggers without one of their own, in the listener's namespace
/// @param problems       with its own fields and inline Triggers; the sound rest is served all the same
public record ServedListener(Stored<EventListener> stored, Optional<String> serviceAccount, List<Problem> problems,
        TriggerIndex index) {}
