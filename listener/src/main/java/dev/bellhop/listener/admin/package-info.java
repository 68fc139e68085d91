/// The admin port: metrics for machines, and what happened to each event for people, who see exactly what Kubernetes RBAC lets
/// them see. Begin with [AdminDoor].
@NullMarked
package dev.bellhop.listener.admin;

import org.jspecify.annotations.NullMarked;
