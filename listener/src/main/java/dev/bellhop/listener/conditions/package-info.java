/// What has come of the events that a Trigger waits for, kept beside the deliveries: [Gathering].
@NullMarked
package dev.bellhop.listener.conditions;

import org.jspecify.annotations.NullMarked;
