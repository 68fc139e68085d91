/// An example of a plug-in: [DirectoryType] is the kind of source, [DirectorySource] one that runs.
@NullMarked
package dev.bellhop.plugin.directory;

import org.jspecify.annotations.NullMarked;
