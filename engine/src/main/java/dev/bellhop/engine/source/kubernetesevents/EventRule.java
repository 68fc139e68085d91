package dev.bellhop.engine.source.kubernetesevents;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.bellhop.api.KubernetesEventsSourceSpec.Rule;
import dev.bellhop.engine.cel.TextPattern;
import org.jspecify.annotations.Nullable;

/// One rule: which Events it decides about, and how.
///
/// @param accepts whether it accepts them
public record EventRule(Predicate<ObservedEvent> matches, boolean accepts) {
    private static final String ANY = "*";

    /// What is wrong with `rule`, which is written at `at`, a sentence each.
    static List<String> problems(String at, Rule rule) {
        var problems = new ArrayList<String>();
        var action = text(rule.action());
        if (!action.equals("accept") && !action.equals("reject")) {
            problems.add(at + ".action '" + action + "' must be accept or reject");
        }
        if (rule.type() != null && !rule.type().equals("Normal") && !rule.type().equals("Warning")) {
            problems.add(at + ".type '" + rule.type() + "' must be Normal or Warning");
        }
        pattern(text(rule.name())).flatMap(TextPattern::problem)
                .ifPresent(why -> problems.add(at + ".name: " + why));
        for (int i = 0; i < rule.reasons().size(); i++) {
            int index = i;
            pattern(rule.reasons().get(i)).flatMap(TextPattern::problem)
                    .ifPresent(why -> problems.add(at + ".reasons[" + index + "]: " + why));
        }
        return problems;
    }

    /// Reads a rule of which [#problems] said nothing.
    static EventRule of(Rule rule) {
        var namespaces = Stream.concat(Stream.ofNullable(rule.namespace()), rule.namespaces().stream())
                .filter(name -> !name.isEmpty()).toList();
        Predicate<ObservedEvent> matches = _ -> true;
        if (!namespaces.isEmpty() && !namespaces.contains(ANY)) {
            matches = matches.and(event -> namespaces.contains(event.regarding("namespace")));
        }
        if (!text(rule.kind()).isEmpty() && !text(rule.kind()).equals(ANY)) {
            matches = matches.and(event -> event.regarding("kind").equals(rule.kind()));
        }
        if (!text(rule.name()).isEmpty()) {
            var name = word(text(rule.name()));
            matches = matches.and(event -> name.test(event.regarding("name")));
        }
        if (!rule.reasons().isEmpty()) {
            var reasons = rule.reasons().stream().map(EventRule::word).toList();
            matches = matches.and(event -> reasons.stream().anyMatch(reason -> reason.test(event.reason())));
        }
        if (!text(rule.type()).isEmpty()) {
            matches = matches.and(event -> event.type().equals(rule.type()));
        }
        if (!text(rule.component()).isEmpty()) {
            matches = matches.and(event -> event.component().equals(rule.component()));
        }
        return new EventRule(matches, text(rule.action()).equals("accept"));
    }

    private static Predicate<String> word(String text) {
        return pattern(text).<Predicate<String>>map(regex -> TextPattern.of(regex)::isFoundIn).orElse(text::equals);
    }

    /// What stands between slashes, if anything does.
    private static Optional<String> pattern(String text) {
        return text.length() > 2 && text.startsWith("/") && text.endsWith("/")
                ? Optional.of(text.substring(1, text.length() - 1))
                : Optional.empty();
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
