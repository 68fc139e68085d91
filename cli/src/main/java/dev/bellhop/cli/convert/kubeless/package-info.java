/// Kubeless's trigger objects: [Kubeless]. A function is where an http action posts to.
@NullMarked
package dev.bellhop.cli.convert.kubeless;

import org.jspecify.annotations.NullMarked;
