/// The admin port: metrics for machines, and for people what happened to each event and how to run it again; they see and move
/// exactly what Kubernetes RBAC lets them. Begin with [AdminDoor], then [Routes]: one class for each job.
@NullMarked
package dev.bellhop.listener.admin;

import org.jspecify.annotations.NullMarked;
