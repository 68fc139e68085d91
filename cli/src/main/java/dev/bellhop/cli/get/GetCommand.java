package dev.bellhop.cli.get;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.cli.cluster.ClusterApi;
import dev.bellhop.cli.cluster.ClusterApi.Answer;
import dev.bellhop.cli.cluster.ClusterChoice;
import dev.bellhop.cli.command.CommandFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellhop get triggers -A`: finds out what is meant, asks the API server for it, prints it as kubectl would.
@Command(name = "get", mixinStandardHelpOptions = true, sortOptions = false, description = "Shows objects of the cluster, where kubectl is missing.", footer = {
        "", "Which cluster: --kubeconfig, else $KUBECONFIG, else the running bellhop dev, else ~/.kube/config.",
        "", "Examples:",
        "  bellhop get triggers -A",
        "  bellhop get trigger hello -n team-a -o yaml",
        "  bellhop get bellhop            everything of ours in a namespace"})
public final class GetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "KIND", description = "Plural, singular, short name, kind, name.group or"
            + " category; several are separated by commas. KIND/NAME names one object.")
    private String kind = "";

    @Parameters(index = "1..*", paramLabel = "NAME", description = "Only the objects of these names.")
    private List<String> names = new ArrayList<>();

    @Option(names = {"-n",
            "--namespace"}, paramLabel = "NS", description = "In this namespace (default: the kubeconfig's, else default).")
    private @Nullable String namespace;

    @Option(names = {"-A", "--all-namespaces"}, description = "In all namespaces.")
    private boolean allNamespaces;

    @Option(names = {"-l",
            "--selector"}, paramLabel = "SELECTOR", description = "Only objects with these labels: app=web,tier!=test.")
    private @Nullable String selector;

    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", description = "How: ${COMPLETION-CANDIDATES} (default: a table).")
    private Output output = Output.table;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Gives access to the cluster.")
    private @Nullable Path kubeconfig;

    enum Output {
        table, wide, yaml, json, name
    }

    @Override
    public Integer call() {
        takeNameFromKind();
        if (!names.isEmpty() && (allNamespaces || selector != null)) {
            throw new ParameterException(spec.commandLine(), "a NAME goes with neither -A nor -l");
        }
        var cluster = ClusterChoice.find(kubeconfig, System.getenv());
        try (var api = new ClusterApi(cluster)) {
            var found = new ArrayList<Found>();
            for (var resource : new Discovery(api).find(kind)) {
                for (var path : paths(resource, cluster)) {
                    found.add(new Found(resource, path));
                }
            }
            return print(api, found);
        }
    }

    /// An answer to be had: objects of this resource, at this path.
    private record Found(Resource resource, String path) {}

    private void takeNameFromKind() {
        int slash = kind.indexOf('/');
        if (slash > 0) {
            names.addFirst(kind.substring(slash + 1));
            kind = kind.substring(0, slash);
        }
    }

    private List<String> paths(Resource resource, ClusterChoice cluster) {
        var in = Optional.ofNullable(namespace).orElseGet(cluster::namespace);
        var collection = resource.path(allNamespaces ? Optional.empty() : Optional.of(in));
        if (names.isEmpty()) {
            var query = selector == null ? "" : "?labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8);
            return List.of(collection + query);
        }
        return names.stream().map(name -> collection + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8)).toList();
    }

    private int print(ClusterApi api, List<Found> found) {
        var out = spec.commandLine().getOut();
        var answers = new ArrayList<JsonNode>();
        var tables = new ArrayList<ObjectTable>();
        boolean asTable = output == Output.table || output == Output.wide;
        int failures = 0;
        for (var one : found) {
            switch (asTable ? api.getTable(one.path()) : api.get(one.path())) {
                case Answer.Json(var json) when asTable -> tables.add(new ObjectTable(one.resource(), json));
                case Answer.Json(var json) -> answers.add(json);
                case Answer.Problem(var status, var message) -> {
                    // Of a category, a resource that one may not list must not hide the others.
                    spec.commandLine().getErr().println("bellhop get: " + message + " (" + status + ")");
                    failures++;
                }
            }
        }
        if (asTable) {
            printTables(tables, out);
        } else {
            new ObjectPrinter(output == Output.yaml).print(answers, output == Output.name, out);
        }
        out.flush();
        if (failures == found.size() && found.isEmpty()) {
            throw new CommandFailure("nothing to show");
        }
        return failures == 0 ? 0 : 1;
    }

    private void printTables(List<ObjectTable> tables, PrintWriter out) {
        var merged = ObjectTable.merge(tables);
        var filled = merged.stream().filter(table -> !table.isEmpty()).toList();
        if (filled.isEmpty() && !tables.isEmpty()) {
            spec.commandLine().getErr().println(allNamespaces
                    ? "No resources found"
                    : "No resources found in the namespace; -A looks into all");
        }
        boolean several = filled.size() > 1;
        for (int i = 0; i < filled.size(); i++) {
            if (i > 0) {
                out.println();
            }
            filled.get(i).print(out, new ObjectTable.Style(output == Output.wide, allNamespaces, several));
        }
    }
}
