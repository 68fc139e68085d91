package dev.bellhop.cli.plugin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bellhop plugin`: what helps to write plug-ins.
@Command(name = "plugin", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = "Checks an event source of yours that is a plug-in over HTTP.", subcommands = CheckCommand.class)
public final class PluginCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: bellhop plugin check URL");
    }
}
