package dev.bellhop.cli.deliveries;

import picocli.CommandLine.Command;

/// `bellhop deliveries list`: the same as without `list`.
@Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false, description = "Lists what happened to each event, and why; newest first.")
final class ListCommand extends Listing {}
