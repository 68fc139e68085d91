/// What a kind of action is: an [ActionType] carries out what an action of a Trigger says, for one event, and says in an
/// [ActionResult] how that went. Begin with [ActionType].
///
/// The actions that come with Bellhop are written against these types; a plug-in is a JAR with one more, found by
/// [java.util.ServiceLoader], which a Trigger names in `plugin.type`.
@NullMarked
package dev.bellhop.spi.action;

import org.jspecify.annotations.NullMarked;
