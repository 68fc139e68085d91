/// What holds for all modules together.
@NullMarked
package dev.bellhop;

import org.jspecify.annotations.NullMarked;
