/// Messages that flow from one JetStream stream through Bellhop to another, while the servers' leaders die. Begin with
/// [JetStreamCommand].
@NullMarked
package dev.bellhop.bench.jetstream;

import org.jspecify.annotations.NullMarked;
