package dev.bellhop.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.cli.Run;
import dev.bellhop.cli.command.Yaml;
import dev.bellhop.engine.cel.CelExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every folder of `convert` is a case: what is converted (`in-*`), what comes out (`expected.yaml`), and what is said of it
/// (`expected-report.txt`); `-Dbellhop.regenerate=true` writes the latter two. `expected-problems.txt` belongs to
/// [ConvertedObjectsTest].
class ConvertCommandTest {
    private static final Path CASES = Path.of("src", "test", "resources", "convert");
    private static final Path UNUSABLE = Path.of("src", "test", "resources", "convert-unusable");
    static final String OUTPUT = "expected.yaml";
    static final String PROBLEMS = "expected-problems.txt";
    private static final String REPORT = "expected-report.txt";

    @TempDir
    private Path folder;

    static List<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void convertsWhatIsInTheFolder(Path folder) throws IOException {
        var run = Run.of(arguments(folder).toArray(String[]::new));
        var out = run.out().replace(folder + "/", "");
        var err = run.err().replace(folder + "/", "") + "exit code " + run.exitCode() + "\n";
        if (Boolean.getBoolean("bellhop.regenerate")) {
            Files.writeString(folder.resolve(OUTPUT), out);
            Files.writeString(folder.resolve(REPORT), err);
        }
        assertThat(out).isEqualTo(Files.readString(folder.resolve(OUTPUT)));
        assertThat(err).isEqualTo(Files.readString(folder.resolve(REPORT)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsEveryFileOfTheFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> Objects.requireNonNull(file.getFileName()).toString()))
                    .allMatch(name -> name.startsWith("in-") || List.of(OUTPUT, REPORT, PROBLEMS).contains(name));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesFiltersThatCompile(Path folder) throws IOException {
        for (var object : Yaml.readAll(folder.resolve(OUTPUT))) {
            for (var filter : filters(object)) {
                assertThat(CelExpression.compile(filter, "team-a")).as(filter)
                        .isInstanceOf(CelExpression.Compiled.Sound.class);
            }
        }
    }

    private static List<String> filters(JsonNode object) {
        var filters = new ArrayList<String>();
        for (var interceptor : object.at("/spec/interceptors")) {
            for (var param : interceptor.path("params")) {
                if (param.path("name").asText().equals("filter")) {
                    filters.add(param.path("value").asText());
                }
            }
        }
        return filters;
    }

    @Test
    void saysOfEachFileWhyItCannotBeUsedAndConvertsTheOthers() throws IOException {
        var run = Run.of("convert", UNUSABLE.toString(), CASES.resolve("brigade/in-filters.json").toString(),
                "gone.yaml");
        assertThat(run.err()).contains(
                UNUSABLE + "/reference.cue is CUE that is not plain data: the reference '_ns' needs CUE"
                        + " itself. Convert what 'cue export --out json " + UNUSABLE + "/reference.cue' prints",
                UNUSABLE + "/broken.yaml is neither YAML nor JSON",
                UNUSABLE + "/text.yaml holds 'just text', which is no object",
                "gone.yaml does not exist: name a file, a folder or - for standard input");
        assertThat(run.out()).contains("kind: EventSource");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void refusesInputWithoutAnythingToConvert() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
        var run = Run.of("convert", folder.toString());
        assertThat(run.err()).contains("nothing to convert: the input holds ConfigMap");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void writesAFileForEachObjectAndTouchesNoneThatIsThere() throws IOException {
        var out = folder.resolve("out");
        var given = CASES.resolve("kube-trigger-cue").resolve("in-config.cue").toString();
        assertThat(Run.of("convert", given, "-o", out.toString(), "-n", "team-a").exitCode()).isZero();
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> Objects.requireNonNull(file.getFileName()).toString())).contains(
                    "trigger-team-a-in-config.yaml", "eventsource-team-a-in-config.yaml",
                    "role-default-bellhop-kube-trigger-of-team-a.yaml");
        }
        var again = Run.of("convert", given, "-o", out.toString(), "-n", "team-a");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("exists already, and nothing was written: name another folder, or remove it");
    }

    @Test
    void showsInTheDocsWhatComesOut() throws IOException {
        var blocks = Files.readString(Path.of("..", "docs", "convert.md")).split("```(yaml|console)?\n", -1);
        var given = folder.resolve("triggerservice.yaml");
        Files.writeString(given, blocks[3]);
        var run = Run.of("convert", given.toString());
        assertThat(run.out().replace(folder + "/", "")).startsWith(blocks[5] + "---\n# For ServiceAccount");
        assertThat("$ ./bellhop convert triggerservice.yaml > bellhop.yaml\n" + run.err().replace(folder + "/", ""))
                .isEqualTo(blocks[1]);
    }

    @Test
    void readsStandardInput() {
        var before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("""
                    {"filters": [{"kind": "Pod", "action": "accept"}]}
                    """.getBytes(StandardCharsets.UTF_8)));
            var run = Run.of("convert", "-");
            assertThat(run.out()).contains("# From configuration in stdin", "kubernetesEvents:");
        } finally {
            System.setIn(before);
        }
    }

    /// Not the folder itself, which holds what is expected, too.
    private static List<String> arguments(Path folder) throws IOException {
        var arguments = new ArrayList<>(List.of("convert"));
        try (Stream<Path> files = Files.list(folder)) {
            files.map(Path::toString).filter(file -> file.startsWith(folder + "/in-")).sorted().forEach(arguments::add);
        }
        return arguments;
    }
}
