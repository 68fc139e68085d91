/// Kubernetes objects as JSON trees: where their metadata is and how to read it. A tree that is in the store is never
/// changed; who wants to change one takes a deep copy.
@NullMarked
package dev.bellhop.apiserver.object;

import org.jspecify.annotations.NullMarked;
