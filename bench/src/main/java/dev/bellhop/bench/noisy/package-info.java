/// Whether a tenant that sends far too much keeps others waiting: [NoisyCommand] measures one alone and beside such a neighbour.
@NullMarked
package dev.bellhop.bench.noisy;

import org.jspecify.annotations.NullMarked;
