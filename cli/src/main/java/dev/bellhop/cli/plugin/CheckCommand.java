package dev.bellhop.cli.plugin;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.command.CommandFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellhop plugin check`: plays Bellhop to a plug-in.
@Command(name = "check", mixinStandardHelpOptions = true, sortOptions = false, description = "Plays Bellhop to a plug-in over HTTP, and tells whether it does what Bellhop relies on.", footer = {
        "", "Exit code 1 when it does not."})
public final class CheckCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofHours(1);

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "URL", description = "Of the plug-in, as in spec.plugin.url.")
    private URI url = URI.create("");

    @Option(names = "--token-file", paramLabel = "FILE", required = true, description = "Holds the token that the plug-in knows.")
    private Path tokenFile = Path.of("");

    @Option(names = "--spec", paramLabel = "JSON", defaultValue = "{}", description = "spec.plugin.spec with which it brings events soon (default: ${DEFAULT-VALUE}).")
    private String spec = "{}";

    @Option(names = "--broken-spec", paramLabel = "JSON", description = "One that it has to refuse (default: that is not checked).")
    private @Nullable String brokenSpec;

    @Option(names = "--events-host", paramLabel = "HOST", defaultValue = "localhost", description = "By what name the plug-in reaches this machine (default: ${DEFAULT-VALUE}).")
    private String eventsHost = "localhost";

    @Option(names = "--patience", paramLabel = "DURATION", defaultValue = "PT30S", description = "How long to wait for an event, in ISO 8601 (default: ${DEFAULT-VALUE}).")
    private Duration patience = Duration.ofSeconds(30);

    @Option(names = "--quiet-time", paramLabel = "DURATION", defaultValue = "PT3S", description = "How long to look whether something comes that should not, in ISO 8601 (default: ${DEFAULT-VALUE}).")
    private Duration quietTime = Duration.ofSeconds(3);

    @Override
    public Integer call() throws InterruptedException {
        if (!String.valueOf(url.getScheme()).matches("https?") || url.getHost() == null) {
            throw new ParameterException(command.commandLine(), "URL=" + url + " must be http or https with a host");
        }
        checkDuration("--patience", patience);
        checkDuration("--quiet-time", quietTime);
        var sound = json("--spec", spec);
        var broken = Optional.ofNullable(brokenSpec).map(text -> json("--broken-spec", text));
        var token = token();
        var out = command.commandLine().getOut();
        try (var bellhop = PlayedBellhop.listen(token);
                var check = new PluginCheck(url, token, bellhop,
                        "http://" + eventsHost + ":" + bellhop.port() + "/events", patience, quietTime)) {
            boolean good = check.run(sound, broken, finding -> {
                out.println((finding.problem().isEmpty() ? "ok      " : "FAILED  ") + finding.what());
                finding.problem().ifPresent(why -> out.println("        " + why));
                out.flush();
            });
            return good ? 0 : 1;
        } catch (IOException e) {
            throw new CommandFailure("no port could be opened for the plug-in's events: " + e.getMessage(), e);
        }
    }

    private void checkDuration(String option, Duration duration) {
        if (!duration.isPositive() || duration.compareTo(LONGEST) > 0) {
            throw new ParameterException(command.commandLine(),
                    option + "=" + duration + " must be longer than nothing and PT1H at most");
        }
    }

    private String token() {
        try {
            var token = Files.readString(tokenFile).strip();
            if (token.isEmpty()) {
                throw new CommandFailure("--token-file=" + tokenFile + " is empty");
            }
            return token;
        } catch (IOException e) {
            throw new CommandFailure("--token-file=" + tokenFile + " cannot be read: " + e.getMessage(), e);
        }
    }

    private JsonNode json(String option, String text) {
        try {
            if (new JsonMapper().readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new ParameterException(command.commandLine(), option + " is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new ParameterException(command.commandLine(), option + "=" + text + " must be a JSON object");
    }
}
