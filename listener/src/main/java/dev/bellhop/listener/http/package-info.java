/// The HTTP door: lets a request in within limits, finds what it addresses and answers. [EventDoor] receives, [Answer] holds
/// every status code. Vert.x stays in here.
@NullMarked
package dev.bellhop.listener.http;

import org.jspecify.annotations.NullMarked;
