package dev.bellhop.cli.deliveries;

import java.io.Console;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.cli.command.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellhop deliveries replay ID…`, or with filters instead of IDs.
@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false, description = "Delivers events anew: as new deliveries, which make new objects. Either those named by ID, or all in a namespace that the filters find: their number is told first, and what was replayed before is left out.", footer = {
        "", "  bellhop deliveries replay -n team-a --outcome Failed --since 1h"})
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", arity = "0..*", description = "The deliveries, as the listing names them.")
    private List<String> ids = List.of();

    @Mixin
    private AdminPort port = new AdminPort();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Mixin
    private FilterOptions.Span span = new FilterOptions.Span();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "At most so many, the newest, up to 10000 (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--dry-run", description = "Only tell how many.")
    private boolean dryRun;

    @Option(names = {"-y", "--yes"}, description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() {
        if (ids.isEmpty()) {
            return many();
        }
        if (!filter.isEmpty() || dryRun) {
            throw port.unusable("IDs and filters exclude each other");
        }
        var api = port.api();
        for (var id : ids) {
            say(id + " is delivered anew as " + api.post(port.delivery(id) + "/replay").path("id").asText());
        }
        return 0;
    }

    private int many() {
        if (filter.outcomes().isEmpty()) {
            throw port.unusable("which deliveries? Name their IDs, or at least --outcome, such as --outcome Failed");
        }
        if (span.contradicts()) {
            throw port.unusable("--since and --from exclude each other");
        }
        var namespace = port.namespace(false).orElseThrow(() -> port.unusable("in which namespace? Add -n NS"));
        var api = port.api();
        // The same moment ends both: what fails after the count is not replayed.
        var now = Instant.now();
        var counted = api.post(path(namespace, now, true));
        int matched = counted.path("matched").asInt();
        say(matched + (matched == 1 ? " delivery matches" : " deliveries match")
                + (counted.path("more").asBoolean() ? "; older ones are beyond --limit" : ""));
        if (dryRun || matched == 0) {
            return 0;
        }
        if (!yes && !confirmed(matched)) {
            say("Nothing was replayed");
            return 1;
        }
        return report(api.post(path(namespace, now, false)));
    }

    private String path(String namespace, Instant now, boolean counting) {
        var parameters = Stream.of(filter.parameters(), span.parameters(now, true),
                Stream.of("limit=" + limit, "dryRun=" + counting)).flatMap(some -> some);
        return "namespaces/" + AdminApi.encoded(namespace) + "/deliveries:replay" + AdminApi.query(parameters);
    }

    private int report(JsonNode answer) {
        int queued = answer.path("queued").asInt();
        say(queued + (queued == 1 ? " is" : " are") + " delivered anew");
        answer.path("refused").forEach(refused -> spec.commandLine().getErr()
                .println(refused.path("id").asText() + " is not: " + refused.path("why").asText()));
        return answer.path("refused").isEmpty() ? 0 : 1;
    }

    private static boolean confirmed(int matched) {
        var console = Optional.ofNullable(System.console()).filter(Console::isTerminal)
                .orElseThrow(() -> new CommandFailure(
                        "nobody is there to be asked: add --yes to replay all " + matched));
        var answer = console.readLine("Deliver all %d anew? New objects will be made. [y/N] ", matched);
        return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
