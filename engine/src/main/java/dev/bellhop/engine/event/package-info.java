/// What came in: one immutable [Event], whatever door it used. Begin there.
@NullMarked
package dev.bellhop.engine.event;

import org.jspecify.annotations.NullMarked;
