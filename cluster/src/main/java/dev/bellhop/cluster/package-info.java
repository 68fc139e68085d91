/// What listener and controller both read from a cluster: [Mirror] follows our objects, [SecretCache] reads the Secrets
/// that they name. Nothing here writes, and nothing here decides: the engine's `catalog` does.
@NullMarked
package dev.bellhop.cluster;

import org.jspecify.annotations.NullMarked;
