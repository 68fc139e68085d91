package dev.bellhop.engine.source.resource;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.ResourceSourceSpec;
import dev.bellhop.engine.select.Labels;
import dev.bellhop.engine.source.ClusterChoice;
import dev.bellhop.engine.source.KindChoice;
import dev.bellhop.engine.source.NamespaceChoice;
import dev.bellhop.engine.source.SelectorText;
import dev.bellhop.engine.source.SpecJson;
import org.jspecify.annotations.Nullable;

/// What an EventSource says about its `resource`, every default filled in.
///
/// @param kind          of the objects
/// @param namespaces    in which they are
/// @param clusters      in which they are; one at least
/// @param labelSelector for the API server; empty for all
/// @param metadataOnly  whether no more than their metadata is read
/// @param initialAdd    whether an object that is older than the EventSource counts as added
/// @param filter        which of their changes are brought
public record ResourceSettings(KindChoice kind, NamespaceChoice namespaces, List<ClusterChoice> clusters,
        String labelSelector, boolean metadataOnly, boolean initialAdd, ChangeFilter filter) {
    private static final int DEFAULT_HOPS = 5;
    private static final int MAX_HOPS = 100;

    /// What is wrong with a spec, a sentence each, each beginning with the field.
    public static List<String> problems(JsonNode json) {
        return SpecJson.read(json, ResourceSourceSpec.class).problems(ResourceSettings::problems);
    }

    /// Reads a spec of which [#problems] said nothing.
    ///
    /// @throws IllegalArgumentException when it cannot be read
    public static ResourceSettings of(JsonNode json) {
        return of(SpecJson.read(json, ResourceSourceSpec.class).orThrow());
    }

    private static ResourceSettings of(ResourceSourceSpec spec) {
        var events = EnumSet.noneOf(ChangeType.class);
        spec.events().forEach(word -> ChangeType.of(word).ifPresent(events::add));
        var filter = new ChangeFilter(events.isEmpty() ? Set.of(ChangeType.values()) : Set.copyOf(events),
                ChangeFilter.Update.of(text(spec.predicate())).orElseThrow(), text(spec.namePrefix()),
                spec.fields().stream().map(FieldTest::of).toList(),
                Optional.ofNullable(spec.createdBefore()).map(Instant::parse), Boolean.TRUE.equals(spec.afterStart()),
                Boolean.TRUE.equals(spec.includeOwn()), Objects.requireNonNullElse(spec.maxHops(), DEFAULT_HOPS));
        return new ResourceSettings(kind(spec), NamespaceChoice.of(spec.namespaces()),
                ClusterChoice.of(spec.clusters()),
                SelectorText.of(spec.labelSelector()), Boolean.TRUE.equals(spec.metadataOnly()),
                text(spec.initial()).equals("add"), filter);
    }

    private static KindChoice kind(ResourceSourceSpec spec) {
        return spec.kind() != null
                ? new KindChoice.ByKind(text(spec.apiVersion()), spec.kind())
                : new KindChoice.ByResource(text(spec.group()), text(spec.version()), text(spec.resource()));
    }

    private static List<String> problems(ResourceSourceSpec spec) {
        var problems = new ArrayList<String>();
        addKindProblems(spec, problems);
        problems.addAll(NamespaceChoice.problems(spec.namespaces()));
        problems.addAll(ClusterChoice.problems(spec.clusters()));
        if (spec.labelSelector() != null) {
            problems.addAll(Labels.problems("labelSelector", spec.labelSelector().getMatchExpressions()));
        }
        for (int i = 0; i < spec.events().size(); i++) {
            if (ChangeType.of(spec.events().get(i)).isEmpty()) {
                problems.add("events[" + i + "] '" + spec.events().get(i) + "' must be add, update or delete");
            }
        }
        for (int i = 0; i < spec.fields().size(); i++) {
            problems.addAll(FieldTest.problems("fields[" + i + "]", spec.fields().get(i)));
        }
        if (ChangeFilter.Update.of(text(spec.predicate())).isEmpty()) {
            problems.add("predicate '" + spec.predicate() + "' must be contentChanged, generationChanged or always");
        }
        if (!Set.of("", "ignore", "add").contains(text(spec.initial()))) {
            problems.add("initial '" + spec.initial() + "' must be ignore or add");
        }
        addTimeProblem(text(spec.createdBefore()), problems);
        if (spec.maxHops() != null && (spec.maxHops() < 1 || spec.maxHops() > MAX_HOPS)) {
            problems.add("maxHops " + spec.maxHops() + " must be from 1 to " + MAX_HOPS);
        }
        return problems;
    }

    private static void addKindProblems(ResourceSourceSpec spec, List<String> problems) {
        boolean byKind = spec.kind() != null;
        boolean byResource = spec.resource() != null;
        if (byKind == byResource) {
            problems.add(byKind
                    ? "kind and resource are both there: name the kind by apiVersion and kind, or by group, version and resource"
                    : "kind is missing: name it by apiVersion and kind, or by group, version and resource");
            return;
        }
        if (byKind) {
            require("apiVersion", spec.apiVersion(), "[a-z0-9][-a-z0-9.]*(/[a-z0-9]+)?", "v1 or apps/v1", problems);
            require("kind", spec.kind(), "[A-Za-z][A-Za-z0-9]*", "Deployment", problems);
        } else {
            require("version", spec.version(), "[a-z0-9]+", "v1", problems);
            require("resource", spec.resource(), "[a-z][-a-z0-9]*", "deployments", problems);
            if (!text(spec.group()).isEmpty()) {
                require("group", spec.group(), "[a-z0-9][-a-z0-9.]*", "apps", problems);
            }
        }
    }

    private static void require(String field, @Nullable String value, String pattern, String example,
            List<String> problems) {
        if (!text(value).matches(pattern)) {
            problems.add(field + " '" + text(value) + "' must be a name such as " + example);
        }
    }

    private static void addTimeProblem(String time, List<String> problems) {
        try {
            if (!time.isEmpty()) {
                Instant.parse(time);
            }
        } catch (DateTimeParseException e) {
            problems.add("createdBefore '" + time + "' must be a time such as 2026-01-31T00:00:00Z");
        }
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
