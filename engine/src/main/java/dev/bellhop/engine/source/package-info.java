/// What an EventSource object means: which kind of source, with what fields. Begin with [SourceTypes]. Kinds of sources that have
/// more to say have packages of their own below: the controller checks with the same code that the listener starts them with.
@NullMarked
package dev.bellhop.engine.source;

import org.jspecify.annotations.NullMarked;
