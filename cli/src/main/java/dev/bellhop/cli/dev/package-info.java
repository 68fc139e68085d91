/// `bellhop dev`: a cluster, a controller and a listener in one process, for trying Triggers out. [DevCommand] is the story.
@NullMarked
package dev.bellhop.cli.dev;

import org.jspecify.annotations.NullMarked;
