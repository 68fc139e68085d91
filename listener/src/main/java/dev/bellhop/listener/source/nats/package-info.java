/// The source `nats`: messages of a subject, or of a JetStream stream. Begin with [NatsSourceType].
@NullMarked
package dev.bellhop.listener.source.nats;

import org.jspecify.annotations.NullMarked;
