/// What an EventSource object means: which kind of source, with what fields. Begin with [SourceTypes].
@NullMarked
package dev.bellhop.engine.source;

import org.jspecify.annotations.NullMarked;
