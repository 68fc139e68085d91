/// Which cluster a command means: [ClusterChoice] decides, [DevState] tells about a `bellhop dev` that runs on this machine.
@NullMarked
package dev.bellhop.cli.cluster;

import org.jspecify.annotations.NullMarked;
