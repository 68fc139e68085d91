/// Runs the EventSources: starts what is to run here, stops what is not, and brings each event to whoever decides and keeps it.
/// Begin with [Sources]. Each kind of source has a package of its own below; they are told of nothing but `dev.bellhop.spi`.
@NullMarked
package dev.bellhop.listener.source;

import org.jspecify.annotations.NullMarked;
