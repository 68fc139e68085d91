package dev.bellhop.spi.action;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;

/// The event that an action is carried out for.
///
/// @param id         as in the answer to its sender
/// @param time       when it happened, as far as its source knows; otherwise when it was received
/// @param source     where it came from, such as `http`
/// @param type       what its source calls it; may be empty
/// @param subject    what it is about; may be empty
/// @param body       its body: JSON, or a text when it is another text, or null when it is empty or no text; must not be changed
public record ActionEvent(String id, Instant time, String source, String type, String subject, JsonNode body) {}
