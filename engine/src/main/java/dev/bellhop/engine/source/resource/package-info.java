/// What the source `resource` brings: [ResourceSettings] is what its EventSource says, [FieldTest] one of its conditions,
/// [Content] what of an object counts as its content.
@NullMarked
package dev.bellhop.engine.source.resource;

import org.jspecify.annotations.NullMarked;
