/// JSON as text, the way Go's `encoding/json` writes it, because Tekton's templates were written for that. [JsonText] is
/// all of it; any step of the engine may use it.
@NullMarked
package dev.bellhop.engine.json;

import org.jspecify.annotations.NullMarked;
