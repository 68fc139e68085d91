/// Tests of kinds of action, without a cluster.
@NullMarked
package dev.bellhop.listener.action.kind;

import org.jspecify.annotations.NullMarked;
