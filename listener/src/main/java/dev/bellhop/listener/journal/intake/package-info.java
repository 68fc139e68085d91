/// What an engine is given to write, and what it counts. Engines share it, so that people's requests and the numbers mean the
/// same in all of them. Begin at [Write] and the [WriteQueue].
@NullMarked
package dev.bellhop.listener.journal.intake;

import org.jspecify.annotations.NullMarked;
