/// Event sources that run elsewhere, behind a URL: [RemoteType] is what an EventSource with `plugin.url` names, [RemoteSource]
/// tells the plug-in of it again and again. What the plug-in posts comes in by the event port, not by here.
@NullMarked
package dev.bellhop.listener.source.remote;

import org.jspecify.annotations.NullMarked;
