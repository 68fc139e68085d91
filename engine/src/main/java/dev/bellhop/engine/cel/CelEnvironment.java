package dev.bellhop.engine.cel;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelOptions;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelComprehensionsExtensions;
import dev.cel.extensions.CelEncoderExtensions;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelListsExtensions;
import dev.cel.extensions.CelMathExtensions;
import dev.cel.extensions.CelOptionalLibrary;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;

/// CEL with our names, functions and limits.
final class CelEnvironment {
    static final CelStringExtensions STRINGS = CelExtensions.strings(
            CelStringExtensions.Function.CHAR_AT, CelStringExtensions.Function.LOWER_ASCII,
            CelStringExtensions.Function.UPPER_ASCII, CelStringExtensions.Function.QUOTE,
            CelStringExtensions.Function.SUBSTRING, CelStringExtensions.Function.TRIM);
    static final CelListsExtensions LISTS = CelExtensions.lists(
            CelListsExtensions.Function.SLICE, CelListsExtensions.Function.FLATTEN, CelListsExtensions.Function.SORT,
            CelListsExtensions.Function.SORT_BY);
    static final CelMathExtensions MATH = CelExtensions.math();
    static final CelEncoderExtensions ENCODERS = CelExtensions.encoders(CelOptions.DEFAULT);
    static final CelComprehensionsExtensions COMPREHENSIONS = CelExtensions.comprehensions();
    /// Version 1 has `[?0]` and `optFlatMap`, but not yet `first` and `last`, which mean something else in Tekton.
    static final CelOptionalLibrary OPTIONAL = CelExtensions.optional(1);

    /// What replaces or joins the functions of the library.
    static final List<Definition> OWN = Stream.of(TektonFunctions.ALL, StringFunctions.ALL, RegexFunctions.ALL,
            ListFunctions.ALL, Conversions.ALL).flatMap(List::stream).toList();

    /// The standard functions that ours stand in for.
    static final Set<String> REPLACED = Set.of("matches", "contains", "string");

    private CelEnvironment() {}

    /// `roots` are all names that stand for something.
    static Cel build(CelLimits limits, List<CelRoot> roots) {
        var options = CelOptions.current()
                .maxExpressionCodePointSize(limits.codePoints())
                .maxParseRecursionDepth(limits.depth())
                .maxParseExpressionNodeCount(limits.nodes())
                .comprehensionMaxIterations(limits.iterations())
                .maxRegexProgramSize(limits.regexInstructions())
                .enableHeterogeneousNumericComparisons(true)
                .build();
        return CelFactory.combine(compiler(options, roots), runtime(options));
    }

    private static CelCompiler compiler(CelOptions options, List<CelRoot> roots) {
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .filterFunctions((function, _) -> !REPLACED.contains(function.functionName()))
                        .build())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                // A list extension of chosen functions leaves its macro, `sortBy`, out.
                .addMacros(CelExtensions.lists().macros())
                .addVarDeclarations(Roots.declarations(roots))
                .addLibraries(STRINGS, LISTS, MATH, OPTIONAL, ENCODERS, CelExtensions.bindings(), COMPREHENSIONS);
        OWN.forEach(definition -> builder.addFunctionDeclarations(definition.declaration()));
        return builder.build();
    }

    private static CelRuntime runtime(CelOptions options) {
        var builder = CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(options)
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .excludeFunctions(CelStandardFunctions.StandardFunction.MATCHES,
                                CelStandardFunctions.StandardFunction.CONTAINS,
                                CelStandardFunctions.StandardFunction.STRING)
                        .build())
                .addLibraries(STRINGS, LISTS, MATH, OPTIONAL, ENCODERS, COMPREHENSIONS);
        OWN.forEach(definition -> builder.addFunctionBindings(definition.bindings()));
        return builder.build();
    }
}
