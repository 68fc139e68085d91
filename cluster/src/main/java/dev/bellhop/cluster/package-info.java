/// What listener and controller both do with a cluster: [Mirror] follows our objects, [SecretCache] reads the Secrets that
/// they name, [EventRecorder] tells users what happened to an object. What the objects mean the engine's `catalog` decides.
@NullMarked
package dev.bellhop.cluster;

import org.jspecify.annotations.NullMarked;
