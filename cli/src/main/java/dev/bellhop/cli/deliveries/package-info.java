/// `bellhop deliveries`: what became of each event, asked of a listener's admin port.
@NullMarked
package dev.bellhop.cli.deliveries;

import org.jspecify.annotations.NullMarked;
