/// Creates what was rendered, as the Trigger's ServiceAccount. Begin with [ObjectCreator]; [ApiConnection] is the only thing
/// here that talks to the API server.
@NullMarked
package dev.bellhop.listener.action;

import org.jspecify.annotations.NullMarked;
