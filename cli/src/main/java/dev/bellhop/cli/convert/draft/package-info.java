/// What every conversion reads and writes: an object of another system ([InputObject]) is taken apart field by field ([Fields]),
/// so that a field nobody took is reported ([Report], [Finding]); what comes out ([Output]) is written here, one class for each
/// kind of ours. When a kind changes, its class here changes, and no conversion.
@NullMarked
package dev.bellhop.cli.convert.draft;

import org.jspecify.annotations.NullMarked;
