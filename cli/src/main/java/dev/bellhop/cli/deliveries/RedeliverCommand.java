package dev.bellhop.cli.deliveries;

import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellhop deliveries redeliver ID…`.
@Command(name = "redeliver", mixinStandardHelpOptions = true, sortOptions = false, description = "Tries deliveries that failed or were cancelled again: each goes on where it stopped.")
final class RedeliverCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", arity = "1..*", description = "The deliveries, as the listing names them.")
    private List<String> ids = List.of();

    @Mixin
    private AdminPort port = new AdminPort();

    @Override
    public Integer call() {
        var api = port.api();
        var out = spec.commandLine().getOut();
        for (var id : ids) {
            out.println(api.post(port.delivery(id) + "/redeliver").path("id").asText() + " is tried again");
            out.flush();
        }
        return 0;
    }
}
