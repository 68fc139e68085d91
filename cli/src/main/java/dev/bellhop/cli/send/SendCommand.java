package dev.bellhop.cli.send;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bellhop send`: one subcommand for each sender.
@Command(name = "send", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "SENDER", description = "Posts a recorded event of a sender, signed as the sender signs it.", subcommands = SendGithub.class)
public final class SendCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name the sender: bellhop send github push");
    }
}
