/// Where an EventListener or Trigger is reached from outside the cluster: what `spec.expose` says, whether it is sound, and
/// whether its namespace may have that host. Begin with [Exposure].
@NullMarked
package dev.bellhop.engine.expose;

import org.jspecify.annotations.NullMarked;
