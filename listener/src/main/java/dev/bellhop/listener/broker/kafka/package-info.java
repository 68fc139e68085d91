/// Connections to Kafka brokers, for sources and for publishing. Begin with [KafkaAccess].
@NullMarked
package dev.bellhop.listener.broker.kafka;

import org.jspecify.annotations.NullMarked;
