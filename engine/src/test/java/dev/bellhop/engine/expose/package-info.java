/// What may be written into `spec.expose`.
@NullMarked
package dev.bellhop.engine.expose;

import org.jspecify.annotations.NullMarked;
