package dev.bellhop.cli.convert.argo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.bellhop.cli.convert.draft.Fields;

/// For which of its Sensor's dependencies a trigger waits.
///
/// @param expression names with `&&`, `||` and parentheses, as written; empty for all of the dependencies
/// @param names      those that occur, in the order of the Sensor
record Conditions(Optional<String> expression, List<String> names) {
    private static final Pattern WORD = Pattern.compile("[^\\s()&|]+");

    /// Reads those of a trigger's template.
    ///
    /// @param all names of the Sensor's dependencies
    static Conditions of(Fields template, List<String> all) {
        var written = template.text("conditions");
        var words = written.map(text -> WORD.matcher(text).results().map(found -> found.group()).toList()).orElse(all);
        return new Conditions(written, all.stream().filter(words::contains).toList());
    }

    /// Whether several events are needed together; otherwise each alone sets the trigger off.
    boolean waits() {
        return expression.map(text -> text.contains("&&")).orElse(names.size() > 1);
    }

    /// Whether each of the events is there when the trigger is set off.
    boolean needsAll() {
        return expression.stream().noneMatch(text -> text.contains("||"));
    }

    /// Names that cannot have come from anywhere, because `known` has no such dependency.
    List<String> missing(List<String> known) {
        return names.stream().filter(name -> !known.contains(name)).toList();
    }

    /// The checks that every event of the trigger has to pass, whichever it is: those that all of them ask for. Empty when one
    /// asks for a signature that another does not.
    static Optional<List<Check.Signature>> shared(List<Dependency> dependencies) {
        var each = dependencies.stream().map(Conditions::signatures).distinct().toList();
        return each.size() == 1 ? Optional.of(each.getFirst()) : Optional.empty();
    }

    private static List<Check.Signature> signatures(Dependency dependency) {
        var found = new ArrayList<Check.Signature>();
        for (var check : dependency.source().checks()) {
            if (check instanceof Check.Signature signature) {
                found.add(signature);
            }
        }
        return List.copyOf(found);
    }

    /// The condition that an event is the one of `dependency`.
    static String filter(Dependency dependency, String recognized) {
        var parts = Stream.concat(Stream.of(recognized),
                Stream.concat(dependency.source().checks().stream().flatMap(check -> switch (check) {
                    case Check.Filter(var cel) -> Stream.of(cel);
                    case Check.Sender _,Check.Signature _,Check.Closed _ -> Stream.empty();
                }), dependency.filter().stream()));
        return DependencyFilters.joined(parts.toList(), false).orElseThrow();
    }
}
