/// Follows objects of any kind in any cluster, in small memory: [KubeApi] is the way to an API server, [Reflector] lists and
/// watches, a [Sink] is what the objects and their changes go to. The sources of Kubernetes objects and Events are made of it.
@NullMarked
package dev.bellhop.listener.source.kube;

import org.jspecify.annotations.NullMarked;
