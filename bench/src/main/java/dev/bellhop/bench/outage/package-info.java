/// Whether the listener bears with an API server that is away: [OutageCommand] takes it away under load, and stands at its door
/// meanwhile to count who knocks.
@NullMarked
package dev.bellhop.bench.outage;

import org.jspecify.annotations.NullMarked;
