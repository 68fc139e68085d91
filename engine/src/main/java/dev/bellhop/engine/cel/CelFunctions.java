package dev.bellhop.engine.cel;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;

/// Every function and macro an expression may call, beyond the operators.
public final class CelFunctions {
    private static final List<Definition> STANDARD = Stream.of(StringFunctions.ALL, RegexFunctions.ALL)
            .flatMap(List::stream).filter(d -> CelEnvironment.REPLACED.contains(d.name())).toList();
    private static final List<Definition> EXTENSIONS = StringFunctions.ALL.stream().filter(d -> !STANDARD.contains(d))
            .toList();
    private static final List<Definition> BEYOND_TEKTON = RegexFunctions.ALL.stream().filter(d -> !STANDARD.contains(d))
            .toList();

    private CelFunctions() {}

    /// A part of them, in the order in which the documentation tells them.
    public record Group(String title, List<CelFunction> functions) {}

    /// All of them.
    public static List<Group> groups() {
        return List.of(
                new Group("Tekton's", own(TektonFunctions.ALL)),
                new Group("CEL's own",
                        sorted(Stream.of(LibraryFunctions.standard(), own(Conversions.ALL), own(STANDARD)))),
                new Group("Strings, encoders, lists, sets, math",
                        sorted(Stream.of(LibraryFunctions.extensions(), own(ListFunctions.ALL), own(EXTENSIONS)))),
                new Group("Beyond Tekton: regular expressions, bindings, two names, optional values",
                        sorted(Stream.of(LibraryFunctions.beyondTekton(), own(BEYOND_TEKTON)))));
    }

    private static List<CelFunction> sorted(Stream<List<CelFunction>> parts) {
        return parts.flatMap(List::stream).sorted(Comparator.comparing(CelFunction::name)).toList();
    }

    private static List<CelFunction> own(List<Definition> definitions) {
        return definitions.stream().map(CelFunctions::function).toList();
    }

    private static CelFunction function(Definition definition) {
        var signatures = definition.declaration().overloads().stream().map(o -> signature(definition.name(), o))
                .toList();
        return new CelFunction(definition.name(), signatures, definition.sentence(), definition.example(),
                definition.result());
    }

    private static String signature(String name, CelOverloadDecl overload) {
        var types = overload.parameterTypes().stream().map(CelFunctions::type).toList();
        var receiver = overload.isInstanceFunction() ? "<" + types.getFirst() + ">." : "";
        var parameters = types.subList(overload.isInstanceFunction() ? 1 : 0, types.size());
        return receiver + name + "(" + String.join(", ", parameters) + ") -> " + type(overload.resultType());
    }

    private static String type(CelType type) {
        var name = switch (type.kind()) {
            case TIMESTAMP -> "timestamp";
            case DURATION -> "duration";
            case OPAQUE -> "optional";
            default -> type.name();
        };
        return type.parameters().isEmpty()
                ? name
                : type.parameters().stream().map(CelFunctions::type).collect(Collectors.joining(", ", name + "(", ")"));
    }
}
