package dev.bellhop.engine.cel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;

/// A function of ours: what the compiler knows of it, what runs, and what the documentation says.
///
/// @param sentence what it gives
/// @param example  an expression
/// @param result   what the example gives, as JSON
record Definition(CelFunctionDecl declaration, Set<CelFunctionBinding> bindings, String sentence, String example,
        String result) {
    static final CelType STRING = SimpleType.STRING;
    static final CelType INT = SimpleType.INT;
    static final CelType BOOL = SimpleType.BOOL;
    static final CelType DYN = SimpleType.DYN;
    static final CelType LIST = ListType.create(DYN);
    static final CelType STRINGS = ListType.create(STRING);
    static final CelType MAP = MapType.create(STRING, DYN);

    /// One signature of a function, and what runs for it.
    record Overload(boolean member, CelType result, List<CelType> parameters, CelFunctionOverload body) {}

    /// `receiver.function(parameters…)`: the receiver is the first parameter.
    static Overload member(CelType result, CelFunctionOverload body, CelType... parameters) {
        return new Overload(true, result, List.of(parameters), body);
    }

    /// `function(parameters…)`.
    static Overload global(CelType result, CelFunctionOverload body, CelType... parameters) {
        return new Overload(false, result, List.of(parameters), body);
    }

    String name() {
        return declaration.name();
    }

    static Definition of(String name, String sentence, String example, String result, Overload... overloads) {
        var declarations = new ArrayList<CelOverloadDecl>();
        var bindings = new ArrayList<CelFunctionBinding>();
        for (var overload : overloads) {
            var id = "bellhop_" + name + declarations.size();
            declarations.add(overload.member()
                    ? CelOverloadDecl.newMemberOverload(id, sentence, overload.result(), overload.parameters())
                    : CelOverloadDecl.newGlobalOverload(id, sentence, overload.result(), overload.parameters()));
            bindings.add(binding(id, classes(overload.parameters()), overload.body()));
        }
        return new Definition(CelFunctionDecl.newFunctionDeclaration(name, declarations),
                CelFunctionBinding.fromOverloads(name, bindings), sentence, example, result);
    }

    /// The library tells overloads of one or two parameters apart only when they are bound as such.
    private static CelFunctionBinding binding(String id, List<Class<?>> classes, CelFunctionOverload body) {
        return switch (classes.size()) {
            case 1 -> CelFunctionBinding.from(id, classes.get(0), a -> body.apply(new Object[]{a}));
            case 2 ->
                CelFunctionBinding.from(id, classes.get(0), classes.get(1), (a, b) -> body.apply(new Object[]{a, b}));
            default -> CelFunctionBinding.from(id, classes, body);
        };
    }

    private static List<Class<?>> classes(List<CelType> types) {
        var classes = new ArrayList<Class<?>>();
        types.forEach(type -> classes.add(javaClass(type)));
        return classes;
    }

    private static Class<?> javaClass(CelType type) {
        return switch (type.kind()) {
            case STRING -> String.class;
            case INT -> Long.class;
            case UINT -> UnsignedLong.class;
            case DOUBLE -> Double.class;
            case BOOL -> Boolean.class;
            case BYTES -> CelByteString.class;
            case TIMESTAMP -> Instant.class;
            case DURATION -> Duration.class;
            case LIST -> List.class;
            case MAP -> Map.class;
            default -> Object.class;
        };
    }
}
