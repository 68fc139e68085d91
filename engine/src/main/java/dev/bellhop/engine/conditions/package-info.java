/// Several different events that a Trigger waits for: [Conditions] says which they are and when enough of them have come. What has
/// come is kept by whoever asks.
@NullMarked
package dev.bellhop.engine.conditions;

import org.jspecify.annotations.NullMarked;
