package dev.bellhop.engine.source.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.KubernetesEventsSourceSpec;
import dev.bellhop.api.ResourceSourceSpec;
import dev.bellhop.engine.source.KindChoice;
import dev.bellhop.engine.source.SpecSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an EventSource may say about a `resource`, and which changes it then wants.
class ResourceSettingsTest {
    private static final String OBJECT = """
            {kind: Service, metadata: {name: one, creationTimestamp: "2026-01-31T10:00:00Z", generation: 2,
              annotations: {example.com/host: shop.example}, managedFields: [
                {manager: kubectl, time: "2026-01-31T10:00:00Z"}, {manager: %s, time: "2026-01-31T10:00:05Z"}]},
             spec: {ports: [{port: 3000, name: http}], ready: true, empty: null}}""";

    static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ResourceSettings settings(String fields) {
        var spec = yaml("{apiVersion: v1, kind: Service, " + fields + "}");
        assertThat(ResourceSettings.problems(spec)).isEmpty();
        return ResourceSettings.of(spec);
    }

    private static WatchedObject object(String manager) {
        return WatchedObject.of((ObjectNode) yaml(OBJECT.formatted(manager)));
    }

    private static boolean brings(String fields, ChangeType type) {
        var change = new Change(type, object("kubectl"), true, false, Optional.empty(), true);
        return settings(fields).filter().judge(change) instanceof ChangeFilter.Verdict.Brought;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{path: spec.ports.0.port, value: 3000} | true",
            "{path: spec.ports.0.port, operator: '==', value: '3000'} | true",
            "{path: spec.ports.0.port, value: 3000.0} | true",
            "{path: spec.ports.0.port, operator: '!=', value: 3000} | false",
            "{path: spec.ports.0.port, operator: '>', value: 2999} | true",
            "{path: spec.ports.0.port, operator: '<', value: 2999} | false",
            "{path: spec.ready, value: true} | true",
            "{path: spec.ready, value: 'true'} | true",
            "{path: metadata.annotations.example\\.com/host, operator: matches, value: '^shop'} | true",
            "{path: metadata.annotations.example\\.com/host, operator: '!matches', value: '^shop'} | false",
            "{key: spec.ports.0.name, operation: in, value: [https, http]} | true",
            "{path: spec.ports.0.name, operator: notin, value: [https, http]} | false",
            "{path: spec.ports.1.name, operator: exists} | false",
            "{path: spec.empty, operator: exists} | false",
            "{path: spec.missing, value: x} | false",
            "{path: spec.missing, operator: '!=', value: x} | true",
            "{path: spec.missing, operator: '!matches', value: x} | true",
            "{path: spec.missing, operator: notin, value: [x]} | true",
            "{path: spec.missing, operator: '!exists'} | true",
            "{path: spec.missing, operator: '>', value: 0} | false",
            "{path: spec.ports, value: x} | false"})
    void aFieldIsComparedWithWhatItIs(String condition, boolean holds) {
        assertThat(brings("fields: [" + condition + "]", ChangeType.ADD)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "events: [create] | ADD | true",
            "events: [ADD, Delete] | UPDATE | false",
            "eventTypes: [UPDATE] | UPDATE | true",
            "namePrefix: o | ADD | true",
            "namePrefix: t | ADD | false",
            "createdBefore: \"2026-01-31T10:00:00Z\" | ADD | true",
            "createdBy: \"2026-01-31T09:59:59Z\" | ADD | false",
            "predicate: always | UPDATE | true",
            "predicate: contentChanged | UPDATE | true",
            "predicate: generationChanged | UPDATE | false",
            "predicate: generationChanged | DELETE | true",
            "afterStart: true | UPDATE | false"})
    void aChangeIsChosenByWhatTheSourceSays(String fields, ChangeType type, boolean brought) {
        assertThat(brings(fields, type)).isEqualTo(brought);
    }

    @Test
    void whatBellhopWroteLastIsNoNewsUnlessAllowed() {
        var change = new Change(ChangeType.UPDATE, object("bellhop-listener"), true, true, Optional.empty(), false);
        assertThat(settings("").filter().judge(change)).isInstanceOf(ChangeFilter.Verdict.Dropped.class);
        assertThat(settings("includeOwn: true").filter().judge(change))
                .isInstanceOf(ChangeFilter.Verdict.Brought.class);
    }

    @Test
    void contentIsAllButWhatSaysThatItWasWritten() {
        var object = (ObjectNode) yaml(OBJECT.formatted("kubectl"));
        var written = (ObjectNode) yaml(OBJECT.formatted("other"));
        ((ObjectNode) written.path("metadata")).put("resourceVersion", "9").put("generation", 9);
        assertThat(Content.hash(written)).isEqualTo(Content.hash(object));
        assertThat(Content.hash((ObjectNode) yaml("{a: 1, b: {c: x, d: [1, 2]}}")))
                .isEqualTo(Content.hash((ObjectNode) yaml("{b: {d: [1, 2], c: x}, a: 1}")))
                .isNotEqualTo(Content.hash((ObjectNode) yaml("{a: 1, b: {c: x, d: [2, 1]}}")))
                .isNotEqualTo(Content.hash((ObjectNode) yaml("{a: '1', b: {c: x, d: [1, 2]}}")))
                .isNotEqualTo(Content.hash((ObjectNode) yaml("{a: 1, b: {c: d, x: [1, 2]}}")));
        ((ObjectNode) written.path("spec")).put("ready", false);
        assertThat(Content.hash(written)).isNotEqualTo(Content.hash(object));
    }

    @Test
    void aKindHasTwoWaysToBeNamed() {
        assertThat(ResourceSettings.of(yaml("{group: apps, version: v1, resource: deployments}")).kind())
                .isEqualTo(new KindChoice.ByResource("apps", "v1", "deployments"));
        assertThat(ResourceSettings.of(yaml("{version: v1, resource: pods}")).kind().path()).isEqualTo("/api/v1");
        assertThat(ResourceSettings.problems(yaml("{}"))).singleElement().asString().startsWith("kind is missing");
        assertThat(ResourceSettings.problems(yaml("{apiVersion: v1, kind: Pod, resource: pods}"))).singleElement()
                .asString().startsWith("kind and resource are both there");
        assertThat(ResourceSettings.problems(yaml("{kind: Pod}"))).singleElement().asString()
                .startsWith("apiVersion ''");
    }

    @Test
    void saysEverythingThatIsWrong() {
        assertThat(ResourceSettings.problems(yaml("""
                apiVersion: v1
                kind: Service
                events: [ADDED]
                predicate: never
                initial: all
                createdBefore: today
                maxHops: 101
                namespaces: {}
                labelSelector: {matchExpressions: [{key: app, operator: Is}]}
                clusters: [{name: east, secretRef: {name: a}}, {name: east, secretRef: {name: b}}]
                fields:
                - {path: a..b, value: x}
                - {path: a, operator: is, value: x}
                - {path: a, operator: matches, value: "("}
                - {path: a, operator: in, value: x}
                - {path: a, operator: exists, value: x}
                - {path: a, operator: ">", value: x}
                - {path: a}
                """))).satisfiesExactlyInAnyOrder(
                problem -> assertThat(problem).isEqualTo("events[0] 'ADDED' must be add, update or delete"),
                problem -> assertThat(problem).startsWith("predicate 'never'"),
                problem -> assertThat(problem).startsWith("initial 'all'"),
                problem -> assertThat(problem).startsWith("createdBefore 'today'"),
                problem -> assertThat(problem).startsWith("maxHops 101"),
                problem -> assertThat(problem).startsWith("namespaces chooses none"),
                problem -> assertThat(problem).startsWith("labelSelector.matchExpressions[0].operator 'Is'"),
                problem -> assertThat(problem).startsWith("clusters[1].name 'east' is there twice"),
                problem -> assertThat(problem).startsWith("fields[0].path 'a..b'"),
                problem -> assertThat(problem).startsWith("fields[1].operator 'is'"),
                problem -> assertThat(problem).startsWith("fields[2].value"),
                problem -> assertThat(problem).startsWith("fields[3].value"),
                problem -> assertThat(problem).startsWith("fields[4].value"),
                problem -> assertThat(problem).startsWith("fields[5].value"),
                problem -> assertThat(problem).startsWith("fields[6].value"));
    }

    @Test
    void theSchemaHasEveryFieldWithItsDescription() {
        var properties = SpecSchema.of(ResourceSourceSpec.class).path("properties");
        assertThat(properties.size()).isEqualTo(ResourceSourceSpec.class.getRecordComponents().length);
        assertThat(properties).allSatisfy(field -> assertThat(field.path("description").asText()).isNotEmpty());
        assertThat(properties.at("/fields/items/properties/value/x-kubernetes-preserve-unknown-fields").asBoolean())
                .isTrue();
        assertThat(SpecSchema.of(KubernetesEventsSourceSpec.class).at("/properties/rules/items/properties/reasons/type")
                .asText()).isEqualTo("array");
    }
}
