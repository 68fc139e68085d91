/// How the deliveries of a Trigger are carried out: [PolicyCompiler] makes a [DeliveryPolicy] of what its author wrote,
/// [DeliveryPolicy#keys] says what of an event tells it from others, and [AdminLimits] how much a tenant may use.
///
/// Nothing is carried out here: whoever runs deliveries asks.
@NullMarked
package dev.bellhop.engine.policy;

import org.jspecify.annotations.NullMarked;
