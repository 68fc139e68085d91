/// `bellhop get`: objects of a cluster in a table, where kubectl is missing. [GetCommand] tells the story.
@NullMarked
package dev.bellhop.cli.get;

import org.jspecify.annotations.NullMarked;
