package dev.bellhop.cli.deliveries;

import java.util.concurrent.Callable;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.cli.command.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bellhop deliveries tail`: prints until it is stopped.
@Command(name = "tail", mixinStandardHelpOptions = true, sortOptions = false, description = "Prints what happens from now on, until it is stopped.")
final class TailCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AdminPort port = new AdminPort();

    @Option(names = {"-A", "--all-namespaces"}, description = "Of all Triggers.")
    private boolean allNamespaces;

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", defaultValue = "table", description = "How: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format output = Format.table;

    enum Format {
        table, json
    }

    @Override
    public Integer call() {
        var namespace = AdminApi.parameter("namespace", port.namespace(allNamespaces).orElse(""));
        port.api().follow("deliveries:tail" + AdminApi.query(Stream.concat(Stream.of(namespace), filter.parameters())),
                this::print);
        spec.commandLine().getErr().println("The listener ended the stream; it may be restarting");
        return 1;
    }

    private void print(JsonNode line) {
        var out = spec.commandLine().getOut();
        switch (line.path("type").asText()) {
            case "HAPPENED" -> out.println(output == Format.json
                    ? line.path("object").toString()
                    : String.join("   ", DeliveryTable.cells(line.path("object"))).replaceAll("\\R", " "));
            case "LOST" -> spec.commandLine().getErr()
                    .println(line.path("count").asText() + " more happened; this reader was too slow for them");
            case "ERROR" -> throw new CommandFailure(line.path("errorMessage").asText());
            default -> {
                // A bookmark only says that the connection lives.
            }
        }
        out.flush();
    }
}
