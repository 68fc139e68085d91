package dev.bellhop.engine.cel;

import java.util.List;

/// Every function an expression may call, beyond the operators.
public final class CelFunctions {
    private CelFunctions() {}

    /// All of them, by name.
    public static List<CelFunction> all() {
        return CelEnvironment.OWN.stream().map(CelFunctions::of).toList();
    }

    private static CelFunction of(Definition definition) {
        return new CelFunction(definition.declaration().name(), List.of(), definition.sentence(), definition.example(),
                definition.result());
    }
}
