/// Puts values into the objects of a template, which [Template] parses once. Values only ever become part of a string, so
/// no event can change the shape of an object.
@NullMarked
package dev.bellhop.engine.render;

import org.jspecify.annotations.NullMarked;
