/// Where benchmarks play: [Stage] is a cluster with Bellhop and the benchmarks' objects in it, [ListenerProcess] the listener
/// as it is shipped, [Push] what is sent to it, [ProcessUsage] what a process took.
@NullMarked
package dev.bellhop.bench.stage;

import org.jspecify.annotations.NullMarked;
