/// Tests of what Triggers have sent to the world outside.
@NullMarked
package dev.bellhop.listener.outlet;

import org.jspecify.annotations.NullMarked;
