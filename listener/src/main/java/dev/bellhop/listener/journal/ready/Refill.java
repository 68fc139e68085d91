package dev.bellhop.listener.journal.ready;

import java.util.List;
import java.util.Optional;

/// What is stored of a lane: the first due ones, and when the next after them is due, if any.
///
/// @param next in milliseconds of the epoch
public record Refill(List<Ready> due, Optional<Long> next) {}
