/// The kinds of action that come with Bellhop, each an [ActionType][dev.bellhop.spi.action.ActionType] written against
/// `dev.bellhop.spi.action`. Begin with [ActionTypes], which lists them.
@NullMarked
package dev.bellhop.listener.action.kind;

import org.jspecify.annotations.NullMarked;
