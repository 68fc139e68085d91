/// The source `resource`: the changes of Kubernetes objects of one kind, with neither replay nor gap after a restart.
/// [ResourceSource] starts one, [WatchedPart] tells what is a change; what it remembers is a [StoredObject] for each object.
@NullMarked
package dev.bellhop.listener.source.resource;

import org.jspecify.annotations.NullMarked;
