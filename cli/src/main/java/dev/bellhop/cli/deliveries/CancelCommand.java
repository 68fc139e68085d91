package dev.bellhop.cli.deliveries;

import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellhop deliveries cancel ID…`.
@Command(name = "cancel", mixinStandardHelpOptions = true, sortOptions = false, description = "Stops trying deliveries that are unfinished.")
final class CancelCommand implements Callable<Integer> {
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
            out.println(api.post(port.delivery(id) + "/cancel").path("id").asText() + " is cancelled");
            out.flush();
        }
        return 0;
    }
}
