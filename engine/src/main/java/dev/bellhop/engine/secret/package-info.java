/// Secrets as values that cannot be printed, and the port through which a step asks for them.
@NullMarked
package dev.bellhop.engine.secret;

import org.jspecify.annotations.NullMarked;
