/// The memory of what was accepted: every event with its deliveries is on disk before its sender gets a 202, and stays
/// listed with what became of it. Begin at [Journal]: the door appends, the delivery workers claim and settle, people
/// list, redeliver and replay. The engine underneath is SQLite, in the package `sqlite`; what engines share is in `stored`
/// (rows) and `ready` (who is next).
@NullMarked
package dev.bellhop.listener.journal;

import org.jspecify.annotations.NullMarked;
