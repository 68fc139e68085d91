/// The policy of a Trigger, its keys and its limits.
@NullMarked
package dev.bellhop.engine.policy;

import org.jspecify.annotations.NullMarked;
