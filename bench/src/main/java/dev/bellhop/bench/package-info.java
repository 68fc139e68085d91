/// Benchmarks and fault programs, run by `bench/run`. They start the listener as it is shipped, in a process of its own, on a
/// [dev.bellhop.bench.stage.Stage]; [Bench] names them all. The code alone is measured in [dev.bellhop.bench.micro].
@NullMarked
package dev.bellhop.bench;

import org.jspecify.annotations.NullMarked;
