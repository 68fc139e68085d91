package dev.bellhop.cli.deliveries;

import picocli.CommandLine.Command;

/// `bellhop deliveries -n team-a`: what became of each event, and how to run it again. Alone it lists.
@Command(name = "deliveries", mixinStandardHelpOptions = true, sortOptions = false, description = "Lists what happened to each event, and why; newest first.", commandListHeading = "%nMore about deliveries:%n", footer = {
        "", "One sees the deliveries of a namespace when one may list its Triggers (RBAC), and redelivers, replays and",
        "cancels those of a Trigger when one may update it.",
        "Without a running bellhop dev, forward the listener's admin port and name it:",
        "  kubectl -n bellhop-system port-forward statefulset/bellhop-listener 9000",
        "  bellhop deliveries -n team-a --admin-url http://localhost:9000"}, subcommands = {ListCommand.class,
                ShowCommand.class, RedeliverCommand.class, ReplayCommand.class, CancelCommand.class,
                TailCommand.class})
public final class DeliveriesCommand extends Listing {}
