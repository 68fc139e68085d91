/// The source `kafka`: records of topics, through a consumer group. Begin with [KafkaSourceType].
@NullMarked
package dev.bellhop.listener.source.kafka;

import org.jspecify.annotations.NullMarked;
