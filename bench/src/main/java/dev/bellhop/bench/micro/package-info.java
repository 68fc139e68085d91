/// The code that every event goes through, measured alone, each next to the least that could do its work. Needs neither cluster nor
/// server; `bench/run jmh` runs it.
@NullMarked
package dev.bellhop.bench.micro;

import org.jspecify.annotations.NullMarked;
