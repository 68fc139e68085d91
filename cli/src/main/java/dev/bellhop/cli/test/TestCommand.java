package dev.bellhop.cli.test;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.bellhop.cli.command.CommandFailure;
import dev.bellhop.cli.test.TestResult.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellhop test DIR`: finds the tests, runs them, reports.
@Command(name = "test", mixinStandardHelpOptions = true, sortOptions = false, description = "Runs requests and events against objects of a folder, offline, and compares.", footer = {
        "", "A test is a folder below DIR with objects (*.yaml), request.http or several request-*.http (or, of an"
                + " EventSource, event.yaml or event-*.yaml), and expected.yaml. It needs no cluster. --update writes"
                + " expected.yaml from what happens; read it before you commit it.",
        "",
        "Exit code: 0 when all passed, 1 when one failed, 2 when files cannot be used."})
public final class TestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders to look for tests in.")
    private List<Path> folders = new ArrayList<>();

    @Option(names = "--update", description = "Writes expected.yaml from what happens.")
    private boolean update;

    @Option(names = {"-o",
            "--output"}, arity = "2", paramLabel = "junit FILE", hideParamSyntax = true, description = "Also writes a report for CI systems: -o junit FILE.")
    private List<String> output = new ArrayList<>();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (!output.isEmpty() && !output.getFirst().equals("junit")) {
            throw new ParameterException(spec.commandLine(),
                    "-o " + output.getFirst() + " is no known report: write -o junit FILE");
        }
        var results = new ArrayList<TestResult>();
        for (var folder : cases()) {
            for (var result : new TestRun(folder, update).run()) {
                results.add(result);
                print(result, out);
            }
        }
        long passed = results.stream().filter(result -> result.status() == Status.PASSED).count();
        out.println(passed + " passed, " + (results.size() - passed) + " failed");
        out.flush();
        report(results);
        if (results.stream().anyMatch(result -> result.status() == Status.UNUSABLE)) {
            return ExitCode.USAGE;
        }
        return passed == results.size() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private List<CaseFolder> cases() {
        var cases = new ArrayList<CaseFolder>();
        for (var folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new ParameterException(spec.commandLine(), folder + " is no folder");
            }
            var found = CaseFolder.below(folder);
            if (found.isEmpty()) {
                throw new ParameterException(spec.commandLine(),
                        "no tests in " + folder
                                + ": a test is a folder with objects (*.yaml) and request.http or event.yaml");
            }
            cases.addAll(found);
        }
        return cases;
    }

    private static void print(TestResult result, PrintWriter out) {
        out.println(switch (result.status()) {
            case PASSED -> "ok      ";
            case FAILED -> "FAILED  ";
            case UNUSABLE -> "BROKEN  ";
        } + result.name());
        result.message().stream().flatMap(String::lines).forEach(line -> out.println("          " + line));
    }

    private void report(List<TestResult> results) {
        if (output.isEmpty()) {
            return;
        }
        var file = Path.of(output.getLast());
        try {
            JunitReport.write(file, results);
        } catch (IOException e) {
            throw new CommandFailure("cannot write the report to " + file + ": " + e.getMessage(), e);
        }
    }
}
