package dev.bellhop.cli.dev;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/// The values of `bellhop run`'s options that are not on the command line: the environment variable of the option's name, in upper
/// case and with `_` for `-`, such as `QUEUE_SIZE` for `--queue-size`; else what kube-trigger has as its default, where ours is
/// another for listeners in clusters; else ours.
final class EnvironmentDefaults implements IDefaultValueProvider {
    private static final Map<String, String> OF_A_PROCESS_OF_ONES_OWN = Map.of("--workers", "4");

    private final UnaryOperator<@Nullable String> environment;

    /// As picocli makes it.
    EnvironmentDefaults() {
        this(System::getenv);
    }

    EnvironmentDefaults(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        var value = environment.apply(variable(option.longestName()));
        return value == null || value.isEmpty() ? OF_A_PROCESS_OF_ONES_OWN.get(option.longestName()) : value;
    }

    /// Sets the options that `command` inherited: picocli asks nobody for their defaults.
    ///
    /// @throws ParameterException when a value is none of theirs
    void applyInherited(CommandSpec command) {
        var root = command.root();
        var given = root.commandLine().getParseResult().originalArgs();
        for (var option : root.options()) {
            var value = environment.apply(variable(option.longestName()));
            if (option.scopeType() == ScopeType.INHERIT && value != null && !value.isEmpty()
                    && given.stream().noneMatch(argument -> argument.startsWith(option.longestName()))) {
                option.setValue(constant(command, option, value));
            }
        }
    }

    private static Object constant(CommandSpec command, OptionSpec option, String value) {
        var constants = Arrays.asList(option.type().getEnumConstants());
        return constants.stream().filter(constant -> constant.toString().equalsIgnoreCase(value)).findFirst()
                .orElseThrow(() -> new ParameterException(command.commandLine(),
                        variable(option.longestName()) + "=" + value + " must be one of " + constants));
    }

    /// The environment variable of an option.
    static String variable(String option) {
        return option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
