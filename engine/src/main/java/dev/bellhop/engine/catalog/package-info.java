/// From the objects of a cluster to what is served: [Objects] goes in, a [Catalog] comes out. The listener routes events by
/// it and the controller writes statuses from it, so that a status says what really happens.
@NullMarked
package dev.bellhop.engine.catalog;

import org.jspecify.annotations.NullMarked;
