package dev.bellhop.engine.conditions;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.bellhop.api.ConditionsSpec;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.cel.CelExpression;
import dev.bellhop.engine.cel.CelExpression.Compiled;
import dev.bellhop.engine.conditions.Conditions.Awaited;
import dev.bellhop.engine.schedule.Schedule;

/// Compiles what a Trigger says about the events it waits for. Whatever is wrong is told.
public final class ConditionsCompiler {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");
    private static final int MOST_EVENTS = 20;

    private final String path;
    private final String namespace;
    private final List<Problem> problems;

    private ConditionsCompiler(String path, String namespace, List<Problem> problems) {
        this.path = path;
        this.namespace = namespace;
        this.problems = problems;
    }

    /// Compiles `spec`, which stands at `path`, such as `spec.conditions`, of a Trigger in `namespace`; what is wrong goes to
    /// `problems`, and the result is empty then.
    public static Optional<Conditions> compile(ConditionsSpec spec, String path, String namespace,
            List<Problem> problems) {
        var found = new ArrayList<Problem>();
        var conditions = new ConditionsCompiler(path, namespace, found).compile(spec);
        problems.addAll(found);
        return found.isEmpty() ? conditions : Optional.empty();
    }

    private Optional<Conditions> compile(ConditionsSpec spec) {
        if (spec.events().isEmpty() || spec.events().size() > MOST_EVENTS) {
            problem(".events", " must have from 1 to " + MOST_EVENTS + " events, but has " + spec.events().size());
        }
        var names = new LinkedHashSet<String>();
        var events = new ArrayList<Awaited>();
        for (int i = 0; i < spec.events().size(); i++) {
            event(spec.events().get(i), ".events[" + i + "]", names).ifPresent(events::add);
        }
        var resets = new ArrayList<Schedule>();
        for (int i = 0; i < spec.reset().size(); i++) {
            reset(spec.reset().get(i), ".reset[" + i + "]").ifPresent(resets::add);
        }
        return term(spec, names).map(term -> new Conditions(events, term, resets));
    }

    private Optional<Awaited> event(ConditionsSpec.Event spec, String field, Set<String> names) {
        var name = Objects.requireNonNullElse(spec.name(), "");
        if (!NAME.matcher(name).matches()) {
            problem(field + ".name", " '" + name
                    + "' is no name: use a letter, then letters, digits, '_' and '-', 63 at most");
        } else if (!names.add(name)) {
            problem(field + ".name", " '" + name + "' is there twice");
        }
        return filter(Objects.requireNonNullElse(spec.filter(), "true"), field + ".filter")
                .map(filter -> new Awaited(name, filter));
    }

    private Optional<CelExpression> filter(String source, String field) {
        return switch (CelExpression.compile(source, namespace)) {
            case Compiled.Broken(int line, int column, var why) -> {
                problems.add(new Problem(Reason.ExpressionInvalid,
                        path + field + " does not compile at " + line + ":" + column + ": " + why));
                yield Optional.empty();
            }
            case Compiled.Sound(var expression) when !expression.secrets().isEmpty() -> {
                problems.add(new Problem(Reason.ExpressionInvalid, path + field
                        + " asks for a Secret with compareSecret: check the sender in an interceptor"));
                yield Optional.empty();
            }
            case Compiled.Sound(var expression) -> Optional.of(expression);
        };
    }

    private Optional<Term> term(ConditionsSpec spec, Set<String> names) {
        if (spec.expression() == null || spec.expression().isBlank()) {
            return Optional.of(new Term.All(names.stream().<Term>map(Term.One::new).toList()));
        }
        try {
            var term = TermParser.parse(spec.expression());
            term.names().stream().filter(name -> !names.contains(name)).forEach(name -> problem(".expression",
                    " names '" + name + "', which is none of the events " + names));
            return Optional.of(term);
        } catch (TermParser.Unreadable e) {
            problem(".expression", " " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Schedule> reset(ConditionsSpec.Reset spec, String field) {
        var zoneName = Objects.requireNonNullElse(spec.timeZone(), "UTC");
        try {
            return switch (Schedule.parse(Objects.requireNonNullElse(spec.schedule(), ""), ZoneId.of(zoneName))) {
                case Schedule.Read.Sound(var schedule) -> Optional.of(schedule);
                case Schedule.Read.Broken(var why) -> {
                    problem(field + ".schedule", " " + why);
                    yield Optional.empty();
                }
            };
        } catch (DateTimeException e) {
            problem(field + ".timeZone", " '" + zoneName
                    + "' is not known: write an IANA name such as Europe/Berlin or UTC");
            return Optional.empty();
        }
    }

    private void problem(String field, String why) {
        problems.add(new Problem(Reason.InvalidSpec, path + field + why));
    }
}
