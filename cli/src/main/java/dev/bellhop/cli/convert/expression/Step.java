package dev.bellhop.cli.convert.expression;

import java.util.Arrays;
import java.util.List;

/// One step of a way into JSON.
public sealed interface Step {
    /// Field of an object.
    record Name(String name) implements Step {}

    /// Element of a list.
    record Index(int index) implements Step {}

    /// The fields of these names, one below the other.
    static List<Step> names(String... names) {
        return Arrays.stream(names).<Step>map(Name::new).toList();
    }
}
