package dev.bellhop.engine.source.kubernetesevents;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.KubernetesEventsSourceSpec;
import dev.bellhop.engine.source.ClusterChoice;
import dev.bellhop.engine.source.KindChoice;
import dev.bellhop.engine.source.NamespaceChoice;
import dev.bellhop.engine.source.SpecJson;

/// What an EventSource says about its `kubernetesEvents`, every default filled in.
///
/// @param kind          the API that Events are read from
/// @param namespaces    in which they are
/// @param clusters      in which they are; one at least
/// @param rules         which of them are brought
/// @param deliverSeries whether those that are only counted up are brought too
/// @param includeOwn    whether those about objects that Bellhop made are
/// @param maxHops       how many actions may lie between such an object and the first event
public record EventsSettings(KindChoice kind, NamespaceChoice namespaces, List<ClusterChoice> clusters,
        List<EventRule> rules, boolean deliverSeries, boolean includeOwn, int maxHops) {
    private static final int DEFAULT_HOPS = 5;
    private static final int MAX_HOPS = 100;
    private static final String CORE = "v1";
    private static final String EVENTS = "events.k8s.io/v1";

    /// What the rules say about an Event.
    ///
    /// @param accepted whether it is brought
    /// @param rule     the index of the rule that decided; empty when none did, which rejects
    public record Decision(boolean accepted, OptionalInt rule) {
        /// The rule as the EventSource has it.
        @Override
        public String toString() {
            return rule.isPresent() ? "rules[" + rule.getAsInt() + "]" : "no rule matches";
        }
    }

    /// What is wrong with a spec, a sentence each, each beginning with the field.
    public static List<String> problems(JsonNode json) {
        return SpecJson.read(json, KubernetesEventsSourceSpec.class).problems(EventsSettings::problems);
    }

    private static List<String> problems(KubernetesEventsSourceSpec spec) {
        var problems = new ArrayList<String>();
        var api = Objects.requireNonNullElse(spec.api(), CORE);
        if (!Set.of(CORE, EVENTS).contains(api)) {
            problems.add("api '" + api + "' must be " + CORE + " or " + EVENTS);
        }
        problems.addAll(NamespaceChoice.problems(spec.namespaces()));
        problems.addAll(ClusterChoice.problems(spec.clusters()));
        for (int i = 0; i < spec.rules().size(); i++) {
            problems.addAll(EventRule.problems("rules[" + i + "]", spec.rules().get(i)));
        }
        if (!Set.of("ignore", "deliver").contains(Objects.requireNonNullElse(spec.series(), "ignore"))) {
            problems.add("series '" + spec.series() + "' must be ignore or deliver");
        }
        if (spec.maxHops() != null && (spec.maxHops() < 1 || spec.maxHops() > MAX_HOPS)) {
            problems.add("maxHops " + spec.maxHops() + " must be from 1 to " + MAX_HOPS);
        }
        return problems;
    }

    /// Reads a spec of which [#problems] said nothing.
    ///
    /// @throws IllegalArgumentException when it cannot be read
    public static EventsSettings of(JsonNode json) {
        var spec = SpecJson.read(json, KubernetesEventsSourceSpec.class).orThrow();
        return new EventsSettings(new KindChoice.ByKind(Objects.requireNonNullElse(spec.api(), CORE), "Event"),
                NamespaceChoice.of(spec.namespaces()), ClusterChoice.of(spec.clusters()),
                spec.rules().stream().map(EventRule::of).toList(), "deliver".equals(spec.series()),
                Boolean.TRUE.equals(spec.includeOwn()), Objects.requireNonNullElse(spec.maxHops(), DEFAULT_HOPS));
    }

    /// Asks the rules, in order: the first that matches decides.
    public Decision decide(ObservedEvent event) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).matches().test(event)) {
                return new Decision(rules.get(i).accepts(), OptionalInt.of(i));
            }
        }
        return new Decision(false, OptionalInt.empty());
    }
}
