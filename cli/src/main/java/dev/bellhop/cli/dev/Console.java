package dev.bellhop.cli.dev;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.listener.record.Happening;

/// What dev tells: how to begin, then one line for each event as it happens.
final class Console {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS")
            .withZone(ZoneId.systemDefault());

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;

    /// With `json`, `out` gets one line of JSON and everything else goes to `err`.
    Console(PrintStream out, PrintStream err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
    }

    private PrintStream people() {
        return json ? err : out;
    }

    void say(String line) {
        people().println(line);
    }

    void problems(List<String> problems) {
        problems.forEach(problem -> err.println("problem: " + problem));
    }

    /// Tells that everything runs.
    void ready(DevCluster cluster, List<TriggerLines> triggers, int port, int adminPort, Path folder, Duration took) {
        if (json) {
            printJson(cluster, triggers, port, adminPort);
            return;
        }
        out.println("Bellhop is ready after " + took.toMillis() + " ms: events on port " + port
                + ", metrics and deliveries on port " + adminPort);
        out.println("cluster: " + cluster.description() + "; kubeconfig: " + cluster.kubeconfig());
        for (var trigger : triggers) {
            out.println();
            out.println("Trigger " + trigger.namespace() + "/" + trigger.name()
                    + (trigger.ready() ? " is Ready: " : " is NOT Ready: ") + trigger.message());
            trigger.url().ifPresent(url -> out.println("  " + url));
            trigger.commands().forEach(command -> out.println("  $ " + command));
        }
        out.println();
        out.println("Look around (or ./bellhop get triggers -A, ./bellhop deliveries -A):");
        out.println("  $ export KUBECONFIG=" + cluster.kubeconfig());
        out.println("  $ kubectl get triggers -A");
        out.println();
        out.println("Files in " + folder + " are applied again when you save them. Ctrl-C stops. Events:");
        out.flush();
    }

    private void printJson(DevCluster cluster, List<TriggerLines> triggers, int port, int adminPort) {
        var line = JsonNodeFactory.instance.objectNode()
                .put("pid", ProcessHandle.current().pid())
                .put("port", port)
                .put("adminPort", adminPort)
                .put("kubeconfig", cluster.kubeconfig().toString());
        var array = line.putArray("triggers");
        for (var trigger : triggers) {
            var one = array.addObject().put("namespace", trigger.namespace()).put("name", trigger.name())
                    .put("ready", trigger.ready()).put("message", trigger.message());
            trigger.url().ifPresent(url -> one.put("url", url));
        }
        out.println(line);
        out.flush();
    }

    /// Tells what became of an event for a Trigger.
    void happened(Happening happening) {
        var ending = happening.ending();
        people().println(TIME.format(happening.at()) + "  " + pad(ending.outcome()) + "  " + happening.trigger() + "  "
                + Objects.requireNonNullElse(ending.detail(), "") + "  (event " + happening.eventId() + ")");
    }

    private static String pad(String word) {
        return word.length() >= 9 ? word : word + " ".repeat(9 - word.length());
    }
}
