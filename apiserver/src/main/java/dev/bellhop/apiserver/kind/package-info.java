/// The kinds that the API serves: built-in ones from a table, custom ones from CustomResourceDefinitions. Begin at
/// [ResourceType]; the [Catalog] finds one by the words of a URL.
@NullMarked
package dev.bellhop.apiserver.kind;

import org.jspecify.annotations.NullMarked;
