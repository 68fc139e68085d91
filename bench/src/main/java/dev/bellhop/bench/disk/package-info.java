/// What the listener makes of disks that are full ([DiskFullCommand]), of power that goes ([PowerCutCommand]) and of bits that flip
/// ([BitFlipCommand]).
@NullMarked
package dev.bellhop.bench.disk;

import org.jspecify.annotations.NullMarked;
