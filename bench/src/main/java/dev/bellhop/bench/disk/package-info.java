/// What the listener makes of disks that are full ([DiskFullCommand]) and of power that goes ([PowerCutCommand]).
@NullMarked
package dev.bellhop.bench.disk;

import org.jspecify.annotations.NullMarked;
