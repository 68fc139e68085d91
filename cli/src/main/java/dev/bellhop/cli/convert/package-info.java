/// `bellhop convert`: reads the objects of other event systems and writes ours. [ConvertCommand] tells the story; each system has a
/// package of its own, and `draft` is what they share.
@NullMarked
package dev.bellhop.cli.convert;

import org.jspecify.annotations.NullMarked;
