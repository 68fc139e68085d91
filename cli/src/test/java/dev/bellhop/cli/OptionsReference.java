package dev.bellhop.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Writes `docs/options.md` from the command model.
final class OptionsReference {
    private static final List<String> EVERYWHERE = List.of("--help", "--version", "--log-format", "--log-level");

    private final StringBuilder text = new StringBuilder();

    private OptionsReference() {}

    static String of(CommandLine bellhop) {
        var reference = new OptionsReference();
        reference.text.append("""
                # Options of the `bellhop` command

                Made from the code. Every command says the same with `--help`.

                ## All commands

                | Option | What it does |
                |---|---|
                """);
        // Methods with options have no order of their own.
        bellhop.getCommandSpec().options().stream().sorted(Comparator.comparing(OptionSpec::longestName))
                .forEach(reference::row);
        for (var group : CommandGroups.GROUPS) {
            reference.text.append("\n## ").append(group.title()).append('\n');
            group.commands().forEach(name -> reference.command(bellhop.getSubcommands().get(name)));
        }
        return reference.text.toString();
    }

    private void command(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        var name = spec.qualifiedName();
        text.append("\n### `").append(name).append("`\n\n").append(String.join(" ", spec.usageMessage().description()))
                .append("\n");
        var arguments = new ArrayList<ArgSpec>(spec.positionalParameters());
        spec.options().stream().filter(option -> !option.hidden() && !EVERYWHERE.contains(option.longestName()))
                .forEach(arguments::add);
        if (!arguments.isEmpty()) {
            text.append("\n| Option | What it does |\n|---|---|\n");
            arguments.forEach(this::row);
        }
        var footer = spec.usageMessage().footer();
        if (footer.length > 0) {
            text.append("\n```text\n").append(String.join("\n", footer).strip()).append("\n```\n");
        }
        command.getSubcommands().values().stream().filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
                .forEach(this::command);
    }

    private void row(ArgSpec argument) {
        var name = switch (argument) {
            case OptionSpec option -> List.of(option.names()).stream().map(one -> "`" + one + "`")
                    .collect(Collectors.joining(", "))
                    + (option.arity().max() == 0 ? "" : " `" + option.paramLabel() + "`");
            case PositionalParamSpec positional -> "`" + positional.paramLabel() + "`"
                    + (positional.arity().max() > 1 ? " …" : "");
            default -> throw new IllegalStateException("neither option nor argument: " + argument);
        };
        text.append("| ").append(escaped(name)).append(" | ").append(escaped(description(argument))).append(" |\n");
    }

    private static String escaped(String cell) {
        return cell.replace("|", "\\|");
    }

    /// The description with its variables replaced, without colours.
    private static String description(ArgSpec argument) {
        return String.join(" ", argument.description())
                .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValueString(true)))
                .replace("${COMPLETION-CANDIDATES}", candidates(argument));
    }

    private static String candidates(ArgSpec argument) {
        var names = new ArrayList<String>();
        if (argument.completionCandidates() != null) {
            argument.completionCandidates().forEach(names::add);
        }
        return String.join(", ", names);
    }
}
