package dev.bellhop.engine.conditions;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which events must have come.
sealed interface Term {
    /// This one.
    record One(String name) implements Term {}

    /// All of these.
    record All(List<Term> terms) implements Term {}

    /// At least one of these.
    record Any(List<Term> terms) implements Term {}

    /// Whether it holds when exactly the events of these names have come.
    default boolean holds(Set<String> come) {
        return switch (this) {
            case One(var name) -> come.contains(name);
            case All(var terms) -> terms.stream().allMatch(term -> term.holds(come));
            case Any(var terms) -> terms.stream().anyMatch(term -> term.holds(come));
        };
    }

    /// The names that occur in it.
    default Set<String> names() {
        var names = new LinkedHashSet<String>();
        switch (this) {
            case One(var name) -> names.add(name);
            case All(var terms) -> terms.forEach(term -> names.addAll(term.names()));
            case Any(var terms) -> terms.forEach(term -> names.addAll(term.names()));
        }
        return names;
    }
}
