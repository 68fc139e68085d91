/// The commands that run in a cluster: [ListenerCommand] and [ControllerCommand].
@NullMarked
package dev.bellhop.cli.run;

import org.jspecify.annotations.NullMarked;
