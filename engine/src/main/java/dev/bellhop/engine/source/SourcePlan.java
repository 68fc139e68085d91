package dev.bellhop.engine.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.spi.source.EventSourceType;

/// A source that can be started: its kind, and what the object says for it.
public record SourcePlan(EventSourceType type, JsonNode spec) {}
