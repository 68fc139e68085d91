package dev.bellhop.engine.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cel.common.CelFunctionDecl;
import dev.cel.extensions.CelExtensionLibrary.FeatureSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CelFunctionsTest {
    /// The documentation, whose tables are between these marks. To print them anew, run this test with `CEL_DOCS=write`.
    private static final Path DOCS = Path.of("../docs/cel.md");
    private static final String BEGIN = "<!-- printed from the code: begin -->\n";
    private static final String END = "<!-- printed from the code: end -->\n";

    private static final JsonMapper JSON = new JsonMapper();

    static Stream<CelFunction> functions() {
        return CelFunctions.groups().stream().flatMap(group -> group.functions().stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void everyExampleGivesItsResult(CelFunction function) throws IOException {
        assertThat(JSON.readTree(Sample.outcome(function.example()))).isEqualTo(JSON.readTree(function.result()));
    }

    @Test
    void everyFunctionOfTheLibraryIsDocumented() {
        var documented = functions().map(CelFunction::name).collect(Collectors.toSet());
        var declared = Stream
                .<FeatureSet>of(CelEnvironment.STRINGS, CelEnvironment.LISTS, CelEnvironment.MATH,
                        CelEnvironment.ENCODERS,
                        CelEnvironment.OPTIONAL, CelEnvironment.COMPREHENSIONS)
                .flatMap(library -> Stream.concat(library.functions().stream().map(CelFunctionDecl::name),
                        library.macros().stream().map(macro -> macro.getFunction())))
                // Internal names, operators, and names that stand in the table with their namespace or another spelling.
                .filter(name -> !name.contains("@") && !name.contains("_") || name.equals("exists_one"))
                .filter(name -> !List.of("greatest", "least", "existsOne").contains(name));

        assertThat(documented).containsAll(declared.toList());
    }

    @Test
    void theDocumentationIsPrintedFromTheCode() throws IOException {
        var docs = Files.readString(DOCS);
        int begin = docs.indexOf(BEGIN) + BEGIN.length();
        int end = docs.indexOf(END);
        var printed = tables();
        if ("write".equals(System.getenv("CEL_DOCS"))) {
            Files.writeString(DOCS, docs.substring(0, begin) + printed + docs.substring(end));
        } else {
            assertThat(docs.substring(begin, end)).isEqualTo(printed);
        }
    }

    private static String tables() {
        var out = new StringBuilder("\n## What an expression sees\n\n| Name | Type | |\n|---|---|---|\n");
        Roots.ALL.forEach(
                root -> out.append("| `%s` | `%s` | %s |\n".formatted(root.name(), root.type(), root.sentence())));
        out.append("\n## What an expression can call\n\nNext to the operators of CEL.\n");
        for (var group : CelFunctions.groups()) {
            out.append("\n### ").append(group.title()).append("\n\n| Function | | Example |\n|---|---|---|\n");
            group.functions().forEach(function -> out.append(row(function)));
        }
        return out.append(limits()).append("\n").toString();
    }

    private static String row(CelFunction function) {
        var signatures = function.signatures().stream().map(s -> "`" + s + "`").collect(Collectors.joining("<br>"));
        var example = "`%s` is `%s`".formatted(function.example(), function.result());
        return "| %s | %s | %s |\n".formatted(signatures, function.sentence().replace("|", "\\|"),
                example.replace("|", "\\|"));
    }

    private static String limits() {
        var limits = CelLimits.DEFAULT;
        return """

                ## What an expression may cost

                | Limit | |
                |---|---|
                | length of the source | %,d code points |
                | depth of the expression | %d |
                | parts of the expression | %,d |
                | rounds of all its comprehensions together | %,d |
                | a regular expression | %,d instructions |
                | a string, or bytes, that it makes | %,d characters, or bytes |
                | a list that it makes | %,d elements |
                | work | %,d units: about one for each part evaluated, element made, or 16 characters made |
                | time | %d ms |
                """.formatted(limits.codePoints(), limits.depth(), limits.nodes(), limits.iterations(),
                limits.regexInstructions(),
                limits.characters(), limits.elements(), limits.work(), limits.deadline().toMillis());
    }
}
