/// What a kind of event source is: an [EventSourceType] makes a [RunningSource] out of what an EventSource object says, and
/// that brings each event to its [SourceContext]. Begin with [EventSourceType].
///
/// The sources that come with Bellhop are written against these types and nothing else; a plug-in is a JAR with one more,
/// found by [java.util.ServiceLoader].
@NullMarked
package dev.bellhop.spi.source;

import org.jspecify.annotations.NullMarked;
