package dev.bellhop.cli.deliveries;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.command.Yaml;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What `bellhop deliveries` and `bellhop deliveries list` do alike: ask page by page, newest first, and print.
abstract class Listing implements Callable<Integer> {
    private static final int PAGE = 1000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AdminPort port = new AdminPort();

    @Option(names = {"-A", "--all-namespaces"}, description = "Of all Triggers.")
    private boolean allNamespaces;

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Mixin
    private FilterOptions.Span span = new FilterOptions.Span();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", defaultValue = "table", description = "How: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Output output = Output.table;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw port.unusable("--limit '" + limit + "' must be at least 1");
        }
        if (span.contradicts()) {
            throw port.unusable("--since and --from exclude each other");
        }
        var list = list(port.api());
        var out = spec.commandLine().getOut();
        switch (output) {
            case json -> out.println(list.toPrettyString());
            case yaml -> out.print(Yaml.write(list));
            case table -> {
                if (list.path("items").isEmpty()) {
                    spec.commandLine().getErr().println("No deliveries found");
                } else {
                    DeliveryTable.print(list.path("items").valueStream().toList(), out);
                }
            }
        }
        out.flush();
        if (list.path("metadata").has("continue")) {
            spec.commandLine().getErr().println("There are older ones: raise --limit, or narrow with --to");
        }
        return 0;
    }

    private ObjectNode list(AdminApi api) {
        var filters = Stream.of(List.of(AdminApi.parameter("namespace", port.namespace(allNamespaces).orElse(""))),
                filter.parameters().toList(), span.parameters(Instant.now(), false).toList()).flatMap(List::stream)
                .toList();
        var list = JsonNodeFactory.instance.objectNode();
        var metadata = list.putObject("metadata");
        var items = list.putArray("items");
        var next = "";
        do {
            metadata.removeAll();
            var parameters = Stream.concat(
                    Stream.of("limit=" + Math.min(PAGE, limit - items.size()), AdminApi.parameter("continue", next)),
                    filters.stream());
            var page = api.get("deliveries" + AdminApi.query(parameters));
            page.path("items").forEach(items::add);
            next = page.path("metadata").path("continue").asText();
            if (!next.isEmpty()) {
                metadata.put("continue", next);
            }
        } while (!next.isEmpty() && items.size() < limit);
        return list;
    }
}
