package dev.bellhop.cli;

import java.util.Optional;

import dev.bellhop.cli.command.CommandFailure;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// How every command answers: exit code 0 when it did what was asked, 1 when it could not or the answer is no, 2 when the
/// arguments cannot be used. Results go to standard output, everything else to standard error.
public final class BellhopCommandLine {
    private BellhopCommandLine() {}

    /// The whole command line, ready to be executed.
    public static CommandLine create() {
        var commandLine = new CommandLine(new RootCommand());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpWidth(110);
        commandLine.setUsageHelpLongOptionsMaxWidth(40);
        // picocli's own description takes three lines.
        Optional.ofNullable(commandLine.getSubcommands().get("help")).ifPresent(help -> help.getCommandSpec()
                .usageMessage().description("Shows what a command does: bellhop help send"));
        commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
        commandLine.setParameterExceptionHandler(BellhopCommandLine::explain);
        commandLine.setExecutionExceptionHandler(BellhopCommandLine::report);
        return commandLine;
    }

    private static int explain(ParameterException e, String[] args) {
        var command = e.getCommandLine();
        var err = command.getErr();
        err.println(nameOf(command) + ": " + e.getMessage() + didYouMean(e));
        err.println("Try '" + nameOf(command) + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static String didYouMean(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()) {
            return "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
        }
        return "";
    }

    private static int report(Exception e, CommandLine command, ParseResult result) {
        if (e instanceof CommandFailure) {
            command.getErr().println(nameOf(command) + ": " + e.getMessage());
        } else {
            command.getErr().println(nameOf(command) + ": a fault of ours, please report it:");
            e.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String nameOf(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }
}
