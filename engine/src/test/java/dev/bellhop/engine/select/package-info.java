/// Selecting, proven by tables and against brute force.
@NullMarked
package dev.bellhop.engine.select;

import org.jspecify.annotations.NullMarked;
