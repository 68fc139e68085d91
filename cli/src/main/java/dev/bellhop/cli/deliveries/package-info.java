/// `bellhop deliveries`: what became of each event, and how to run it again, asked of a listener's admin port. A class for each
/// subcommand; begin at [DeliveriesCommand].
@NullMarked
package dev.bellhop.cli.deliveries;

import org.jspecify.annotations.NullMarked;
