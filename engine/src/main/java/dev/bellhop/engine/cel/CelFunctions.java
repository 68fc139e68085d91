package dev.bellhop.engine.cel;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;

/// Every function and macro an expression may call, beyond the operators.
public final class CelFunctions {
    private CelFunctions() {}

    /// A part of them, in the order in which the documentation tells them.
    public record Group(String title, List<CelFunction> functions) {}

    /// All of them.
    public static List<Group> groups() {
        return List.of(
                new Group("Tekton's", own(TektonFunctions.ALL)),
                new Group("CEL's own", sorted(LibraryFunctions.standard(), own(Conversions.ALL),
                        own(List.of(named("matches"), named("contains"))))),
                new Group("Strings, encoders, lists, sets, math", sorted(LibraryFunctions.extensions(),
                        own(ListFunctions.ALL),
                        own(StringFunctions.ALL.stream().filter(d -> !d.name().equals("contains")).toList()))),
                new Group("Beyond Tekton: regular expressions, bindings, two names, optional values",
                        sorted(LibraryFunctions.beyondTekton(),
                                own(List.of(named("regex.extract"), named("regex.extractAll"))))));
    }

    private static Definition named(String name) {
        return CelEnvironment.OWN.stream().filter(definition -> definition.name().equals(name)).findFirst().orElseThrow();
    }

    @SafeVarargs
    private static List<CelFunction> sorted(List<CelFunction>... parts) {
        return Stream.of(parts).flatMap(Collection::stream).sorted(Comparator.comparing(CelFunction::name)).toList();
    }

    private static List<CelFunction> own(List<Definition> definitions) {
        return definitions.stream().map(CelFunctions::function).toList();
    }

    private static CelFunction function(Definition definition) {
        var signatures = definition.declaration().overloads().stream().map(o -> signature(definition.name(), o)).toList();
        return new CelFunction(definition.name(), signatures, definition.sentence(), definition.example(), definition.result());
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
        return type.parameters().isEmpty() ? name
                : type.parameters().stream().map(CelFunctions::type).collect(Collectors.joining(", ", name + "(", ")"));
    }
}
