package dev.bellhop.cli;

import dev.bellhop.cli.convert.ConvertCommand;
import dev.bellhop.cli.deliveries.DeliveriesCommand;
import dev.bellhop.cli.dev.DevCommand;
import dev.bellhop.cli.dev.RunCommand;
import dev.bellhop.cli.get.GetCommand;
import dev.bellhop.cli.kind.ActionsCommand;
import dev.bellhop.cli.kind.FiltersCommand;
import dev.bellhop.cli.kind.SourcesCommand;
import dev.bellhop.cli.plugin.PluginCommand;
import dev.bellhop.cli.run.ControllerCommand;
import dev.bellhop.cli.run.ListenerCommand;
import dev.bellhop.cli.send.SendCommand;
import dev.bellhop.cli.test.TestCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `bellhop` itself. A new subcommand is named here and in [CommandGroups].
@Command(name = "bellhop", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "The shared front desk for events in Kubernetes.", synopsisSubcommandLabel = "COMMAND", commandListHeading = "", footer = {
        "", "Options of a command: bellhop COMMAND --help"}, subcommands = {DevCommand.class, SendCommand.class,
                RunCommand.class,
                TestCommand.class, ConvertCommand.class, GetCommand.class, DeliveriesCommand.class,
                ListenerCommand.class, ControllerCommand.class, SourcesCommand.class, FiltersCommand.class,
                ActionsCommand.class, PluginCommand.class, RehearseCommand.class, HelpCommand.class})
final class RootCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--log-format", order = 100, scope = ScopeType.INHERIT, paramLabel = "text|json", defaultValue = "text", description = "How log lines look (default: ${DEFAULT-VALUE}).")
    void logFormat(Logs.Format format) {
        Logs.format(format);
    }

    @Option(names = "--log-level", order = 101, scope = ScopeType.INHERIT, paramLabel = "LEVEL", defaultValue = "info", description = "From which level on Bellhop logs: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    void logLevel(Logs.Level level) {
        Logs.level(level);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
