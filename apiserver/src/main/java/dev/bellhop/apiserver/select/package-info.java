/// Label and field selectors: parsed once per request, asked per object.
@NullMarked
package dev.bellhop.apiserver.select;

import org.jspecify.annotations.NullMarked;
