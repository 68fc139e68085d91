/// What holds for the engine as a whole.
@NullMarked
package dev.bellhop.engine;

import org.jspecify.annotations.NullMarked;
