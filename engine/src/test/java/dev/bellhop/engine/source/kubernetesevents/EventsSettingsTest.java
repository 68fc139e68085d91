package dev.bellhop.engine.source.kubernetesevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which Events of Kubernetes are accepted, and by which rule.
class EventsSettingsTest {
    /// Those of Brigade's gateway.
    private static final String RULES = """
            rules:
            - {namespace: kube-system, action: reject}
            - {kind: Node, action: reject}
            - {kind: Pod, reasons: [Killing], action: reject}
            - {kind: Pod, namespace: pequod, action: accept}
            - {action: reject}
            """;

    private static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObservedEvent event(String kind, String namespace, String reason) {
        return new ObservedEvent((ObjectNode) yaml("""
                {involvedObject: {kind: %s, namespace: "%s", name: one}, reason: %s, type: Warning,
                 source: {component: kubelet}}
                """.formatted(kind, namespace == null ? "" : namespace, reason)));
    }

    @ParameterizedTest
    @CsvSource({
            "Pod, kube-system, Pulled, false, rules[0]",
            "Node, , Starting, false, rules[1]",
            "Pod, pequod, Killing, false, rules[2]",
            "Pod, pequod, Pulled, true, rules[3]",
            "Pod, default, Pulled, false, rules[4]",
            "ReplicaSet, pequod, SuccessfulCreate, false, rules[4]"})
    void theFirstRuleThatMatchesDecides(String kind, String namespace, String reason, boolean accepted, String rule) {
        var decision = EventsSettings.of(yaml(RULES)).decide(event(kind, namespace, reason));
        assertThat(decision.accepted()).isEqualTo(accepted);
        assertThat(decision).hasToString(rule);
    }

    @Test
    void theOrderOfRulesMatters() {
        var swapped = yaml("""
                rules:
                - {kind: Pod, namespace: pequod, action: accept}
                - {kind: Pod, reasons: [Killing], action: reject}
                """);
        assertThat(EventsSettings.of(swapped).decide(event("Pod", "pequod", "Killing")).accepted()).isTrue();
    }

    @Test
    void whatNoRuleMatchesIsRejected() {
        var decision = EventsSettings.of(yaml("rules: []")).decide(event("Pod", "pequod", "Pulled"));
        assertThat(decision.accepted()).isFalse();
        assertThat(decision).hasToString("no rule matches");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{namespace: '*'} | true",
            "{namespaces: [shop, pequod]} | true",
            "{namespaces: [shop]} | false",
            "{reasons: [/^Back/]} | false",
            "{reasons: [Pulling, /ull/]} | true",
            "{name: /^o.e$/} | true",
            "{name: two} | false",
            "{type: Warning} | true",
            "{type: Normal} | false",
            "{component: kubelet} | true",
            "{component: scheduler} | false"})
    void aRuleMatchesWhenEveryConditionHolds(String rule, boolean matches) {
        var settings = EventsSettings.of(yaml("rules: [" + rule.replace("}", ", action: accept}") + "]"));
        assertThat(settings.decide(event("Pod", "pequod", "Pulled")).accepted()).isEqualTo(matches);
    }

    @Test
    void bothApisSayTheSame() {
        var newer = new ObservedEvent((ObjectNode) yaml(
                """
                        {regarding: {kind: Pod, namespace: shop, name: one, uid: u}, reason: BackOff, note: again, type: Warning,
                         reportingController: kubelet, deprecatedCount: 3, metadata: {uid: e, resourceVersion: "7"},
                         series: {count: 4, lastObservedTime: "2026-01-31T10:00:00.000000Z"}}"""));
        assertThat(newer.regarding("name")).isEqualTo("one");
        assertThat(newer.message()).isEqualTo("again");
        assertThat(newer.component()).isEqualTo("kubelet");
        assertThat(newer.count()).isEqualTo(4);
        assertThat(newer.happenedAt()).hasToString("Optional[2026-01-31T10:00:00Z]");
    }

    @Test
    void saysEverythingThatIsWrong() {
        assertThat(EventsSettings.problems(yaml("""
                api: v2
                series: count
                maxHops: 0
                namespaces: {matchNames: ["*", shop]}
                clusters: [{name: east}]
                rules: [{action: acccept, type: Bad, reasons: ["/(/"]}, {}]
                """))).satisfiesExactlyInAnyOrder(
                problem -> assertThat(problem).startsWith("api 'v2'"),
                problem -> assertThat(problem).startsWith("series 'count'"),
                problem -> assertThat(problem).startsWith("maxHops 0"),
                problem -> assertThat(problem).startsWith("namespaces.matchNames"),
                problem -> assertThat(problem).startsWith("clusters[0].secretRef"),
                problem -> assertThat(problem).isEqualTo("rules[0].action 'acccept' must be accept or reject"),
                problem -> assertThat(problem).startsWith("rules[0].type"),
                problem -> assertThat(problem).startsWith("rules[0].reasons[0]"),
                problem -> assertThat(problem).startsWith("rules[1].action ''"));
        assertThat(EventsSettings.problems(yaml(RULES))).isEmpty();
        assertThat(EventsSettings.problems(yaml("{rules: 7}"))).singleElement().asString().startsWith("rules");
    }
}
