package dev.bellhop.cli.convert;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.bellhop.cli.command.CommandFailure;
import dev.bellhop.cli.command.Yaml;
import dev.bellhop.cli.convert.argo.ArgoEvents;
import dev.bellhop.cli.convert.brigade.BrigadeGateway;
import dev.bellhop.cli.convert.draft.Conversion;
import dev.bellhop.cli.convert.draft.Finding;
import dev.bellhop.cli.convert.draft.Finding.Weight;
import dev.bellhop.cli.convert.draft.InputObject;
import dev.bellhop.cli.convert.draft.Names;
import dev.bellhop.cli.convert.draft.Output;
import dev.bellhop.cli.convert.kubeless.Kubeless;
import dev.bellhop.cli.convert.kubetrigger.KubeTrigger;
import dev.bellhop.cli.convert.tekton.TektonTriggers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellhop convert FILE…`: reads, has every system convert what is its own, writes, and tells what could not be converted.
@Command(name = "convert", mixinStandardHelpOptions = true, sortOptions = false, description = "Turns objects of other event systems into Bellhop's.", footer = {
        "", "It reads kube-trigger's TriggerServices and configuration files, Argo Events' EventSources and Sensors"
                + " (together), Brigade's Kubernetes gateway filters, Kubeless's triggers, and Tekton Triggers' objects."
                + " Objects go to standard output, what could not be converted to standard error. It needs no cluster and"
                + " changes none.",
        "", "Exit code: 0 when everything was converted, 1 when parts were not, 2 when the input cannot be used.",
        "", "Examples:",
        "  kubectl get eventsources,sensors -n team-a -o yaml | bellhop convert - > team-a.yaml",
        "  bellhop convert triggers/ -o converted/"})
public final class ConvertCommand implements Callable<Integer> {
    private static final List<Conversion> CONVERSIONS = List.of(new KubeTrigger(), new ArgoEvents(),
            new BrigadeGateway(),
            new Kubeless(), new TektonTriggers());

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "YAML, JSON or CUE files, folders with them, or - for standard input.")
    private List<String> places = new ArrayList<>();

    @Option(names = {"-o",
            "--output"}, paramLabel = "DIR", description = "Write each object into a file of its own in this folder; files that are there already are not touched (default: all to standard output).")
    private @Nullable Path folder;

    @Option(names = {"-n",
            "--namespace"}, paramLabel = "NS", defaultValue = "default", description = "The namespace of objects that name none (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Override
    public Integer call() {
        var err = spec.commandLine().getErr();
        var files = new InputFiles(namespace, System.in);
        places.forEach(files::read);
        files.problems().forEach(err::println);
        var output = new Output();
        int left = files.objects().size();
        for (var conversion : CONVERSIONS) {
            var own = files.objects().stream().filter(conversion::takes).toList();
            left -= own.size();
            conversion.convert(own, output);
        }
        if (left == files.objects().size()) {
            err.println("nothing to convert" + kinds(files.objects()));
            return ExitCode.USAGE;
        }
        write(output.objects());
        output.findings().forEach(finding -> err.println(finding.text()));
        err.println(summary(output, left));
        err.flush();
        if (!files.problems().isEmpty()) {
            return ExitCode.USAGE;
        }
        return count(output, Weight.LOST) == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static String kinds(List<InputObject> objects) {
        var kinds = new HashSet<String>();
        objects.forEach(object -> kinds.add(object.kind().isEmpty() ? "something without a kind" : object.kind()));
        return kinds.isEmpty() ? "" : ": the input holds " + String.join(", ", kinds.stream().sorted().toList());
    }

    private static long count(Output output, Weight weight) {
        return output.findings().stream().map(Finding::weight).filter(weight::equals).count();
    }

    private static String summary(Output output, int left) {
        return output.objects().size() + " objects written; not converted: " + count(output, Weight.LOST)
                + ", to check: "
                + count(output, Weight.CHECK) + (left == 0 ? "" : "; objects of other kinds left alone: " + left);
    }

    private void write(List<Output.Made> objects) {
        if (folder != null) {
            writeFiles(folder, objects);
            return;
        }
        var out = spec.commandLine().getOut();
        for (int i = 0; i < objects.size(); i++) {
            if (i > 0) {
                out.println("---");
            }
            print(objects.get(i), out);
        }
        out.flush();
    }

    private static void print(Output.Made made, PrintWriter out) {
        out.print(text(made));
    }

    private static String text(Output.Made made) {
        return "# " + made.from() + "\n" + Yaml.write(made.object());
    }

    private static void writeFiles(Path folder, List<Output.Made> objects) {
        var files = new ArrayList<Path>();
        for (var made : objects) {
            var object = made.object();
            var file = folder.resolve(Names.of(object.path("kind").asText().toLowerCase(Locale.ROOT),
                    object.at("/metadata/namespace").asText(), object.at("/metadata/name").asText()) + ".yaml");
            if (Files.exists(file)) {
                throw new CommandFailure(
                        file + " exists already, and nothing was written: name another folder, or remove it");
            }
            files.add(file);
        }
        try {
            Files.createDirectories(folder);
            for (int i = 0; i < files.size(); i++) {
                Files.writeString(files.get(i), text(objects.get(i)));
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }
}
