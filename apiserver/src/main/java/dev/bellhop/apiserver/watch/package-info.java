/// Watches: the changes of one kind as they happen, as one client asked to see them. Begin at [Watches].
@NullMarked
package dev.bellhop.apiserver.watch;

import org.jspecify.annotations.NullMarked;
