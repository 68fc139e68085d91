/// Everything that changes an object: admit, default, validate, patch, book the owners of fields, store. Begin at
/// [Writer]; what is particular to built-in kinds stands in [BuiltInRules].
@NullMarked
package dev.bellhop.apiserver.write;

import org.jspecify.annotations.NullMarked;
