package dev.bellhop.cli;

import java.util.List;

import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/// The list of subcommands in the help, grouped by what people do.
final class CommandGroups implements IHelpSectionRenderer {
    /// Every subcommand stands in exactly one group.
    static final List<Group> GROUPS = List.of(
            new Group("Try it", List.of("dev", "send", "test", "convert")),
            new Group("See what happens", List.of("get", "deliveries")),
            new Group("Run it", List.of("run", "listener", "controller")),
            new Group("Learn more", List.of("sources", "filters", "actions", "plugin", "help")));

    /// What a group of people's tasks is called, and the commands for them in the order they are needed.
    record Group(String title, List<String> commands) {}

    @Override
    public String render(Help help) {
        var subcommands = help.subcommands();
        var text = new StringBuilder();
        if (help.commandSpec().parent() != null) {
            // Commands of commands are few: no groups there.
            return help.commandList();
        }
        for (var group : GROUPS) {
            if (group.commands().stream().noneMatch(subcommands::containsKey)) {
                continue;
            }
            text.append(System.lineSeparator()).append(group.title()).append(':').append(System.lineSeparator());
            for (var name : group.commands()) {
                var command = subcommands.get(name);
                if (command != null) {
                    text.append("  %-12s %s%n".formatted(name, command.commandSpec().usageMessage().description()[0]));
                }
            }
        }
        return text.toString();
    }
}
