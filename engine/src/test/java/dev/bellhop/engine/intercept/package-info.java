@NullMarked
package dev.bellhop.engine.intercept;

import org.jspecify.annotations.NullMarked;
