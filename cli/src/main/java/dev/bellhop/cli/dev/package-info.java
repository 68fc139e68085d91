/// A cluster, a controller and a listener in one process. [DevCommand], `bellhop dev`, is for trying Triggers out; [RunCommand],
/// `bellhop run`, for working without a cluster.
@NullMarked
package dev.bellhop.cli.dev;

import org.jspecify.annotations.NullMarked;
