package dev.bellhop.cli.deliveries;

import java.util.concurrent.Callable;

import dev.bellhop.cli.command.Yaml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellhop deliveries show ID`.
@Command(name = "show", mixinStandardHelpOptions = true, sortOptions = false, description = "Shows everything known of one delivery: its tries, its objects, what was received.")
final class ShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "The delivery, as the listing names it.")
    private String id = "";

    @Mixin
    private AdminPort port = new AdminPort();

    @Option(names = "--payload", description = "With the body that was received, at most 1 MiB of it.")
    private boolean payload;

    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", defaultValue = "table", description = "How: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Output output = Output.table;

    @Override
    public Integer call() {
        var delivery = port.api().get(port.delivery(id) + (payload ? "?payload=true" : ""));
        var out = spec.commandLine().getOut();
        switch (output) {
            case json -> out.println(delivery.toPrettyString());
            case yaml -> out.print(Yaml.write(delivery));
            case table -> DeliveryTable.describe(delivery, out);
        }
        out.flush();
        return 0;
    }
}
