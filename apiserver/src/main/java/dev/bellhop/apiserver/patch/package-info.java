/// The patch types that only need the old object and the patch: JSON patch, JSON merge patch and strategic merge patch.
@NullMarked
package dev.bellhop.apiserver.patch;

import org.jspecify.annotations.NullMarked;
