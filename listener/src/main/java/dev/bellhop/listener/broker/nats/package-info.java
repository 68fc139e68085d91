/// Connections to NATS servers, for sources and for publishing. Begin with [NatsAccess].
@NullMarked
package dev.bellhop.listener.broker.nats;

import org.jspecify.annotations.NullMarked;
