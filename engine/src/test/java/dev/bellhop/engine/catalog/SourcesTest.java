package dev.bellhop.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.source.SourceTypes;
import dev.bellhop.engine.trigger.TriggerCompiler;
import dev.bellhop.spi.source.EventSourceType;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the catalog says of EventSources.
class SourcesTest {
    private static final ObjectName CLOCK = new ObjectName("team", "clock");
    private static final String TRIGGER = """
            ---
            kind: Trigger
            metadata: {name: NAME, namespace: team, labels: {app: NAME}}
            spec: {template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}]}}}
            """;

    private final CatalogCompiler compiler = new CatalogCompiler(new TriggerCompiler(),
            new SourceTypes(List.of(new Named("cron", false)), List.of(new Named("redis-stream", true)),
                    Optional.of(new Named("plugin", false))));

    /// A kind of source that finds fault with every spec, or with none.
    private record Named(String name, boolean isPicky) implements EventSourceType {
        @Override
        public String description() {
            return "for tests";
        }

        @Override
        public JsonNode schema() {
            return JsonNodeFactory.instance.objectNode();
        }

        @Override
        public List<String> problems(JsonNode spec) {
            return isPicky && spec.isEmpty() ? List.of("stream is missing") : List.of();
        }

        @Override
        public RunningSource start(JsonNode spec, SourceContext context) {
            throw new UnsupportedOperationException("nothing is started here");
        }
    }

    @Test
    void bindsTriggersByNameAndByLabel() {
        var cluster = Cluster.of(
                source("{cron: {interval: 1m}, triggers: [a], triggerSelector: {matchLabels: {app: b}}}"),
                trigger("a"), trigger("b"), trigger("c"), trigger("a").replace("namespace: team", "namespace: other"));
        var catalog = compiler.compile(cluster.objects());
        assertThat(clock(catalog).index().names()).containsExactlyInAnyOrder(name("a"), name("b"));
        assertThat(clock(catalog).problems()).isEmpty();
        assertThat(clock(catalog).serviceAccount()).isEqualTo("default");
        assertThat(clock(catalog).plan().orElseThrow().spec().path("interval").asText()).isEqualTo("1m");
        assertThat(Objects.requireNonNull(catalog.triggers().get(name("a"))).sources()).containsExactly(CLOCK);
        assertThat(Objects.requireNonNull(catalog.triggers().get(name("c"))).isServed()).isFalse();
        assertThat(Objects.requireNonNull(catalog.triggers().get(new ObjectName("other", "a"))).sources()).isEmpty();
    }

    @Test
    void keepsPlanAndIndexOfWhatDidNotChange() {
        var cluster = Cluster.of(source("{cron: {interval: 1m}, triggerSelector: {matchLabels: {app: a}}}"),
                trigger("a"), trigger("c"));
        var before = clock(compiler.compile(cluster.objects()));
        var same = clock(compiler.compile(cluster.apply(trigger("c").replace("a-", "b-")).objects()));
        assertThat(same.index()).isSameAs(before.index());
        assertThat(same.plan().orElseThrow()).isSameAs(before.plan().orElseThrow());
        var bound = clock(compiler.compile(cluster.apply(trigger("c").replace("app: c", "app: a")).objects()));
        assertThat(bound.index().names()).contains(name("c"));
        assertThat(bound.plan().orElseThrow()).isSameAs(before.plan().orElseThrow());
        var changed = clock(compiler.compile(cluster.apply(source("{cron: {interval: 2m}, triggers: [a]}")).objects()));
        assertThat(changed.plan().orElseThrow().spec().path("interval").asText()).isEqualTo("2m");
    }

    @Test
    void aSuspendedSourceHasNothingToRun() {
        var served = clock(compiler.compile(Cluster
                .of(source("{suspend: true, cron: {interval: 1m}, triggers: [a]}"), trigger("a")).objects()));
        assertThat(served.plan()).isEmpty();
        assertThat(served.suspended()).isTrue();
        assertThat(served.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {triggers: [a]}                                                  | spec needs exactly one source (cron or plugin), but has none
            {triggers: [a], cron: {}, plugin: {type: redis-stream}}          | spec needs exactly one source (cron or plugin), but has cron and plugin
            {cron: {}}                                                       | spec names no Triggers: write triggers or triggerSelector
            {triggers: [a], plugin: {type: a, url: "http://a"}}              | spec.plugin has both type and url: type is for a JAR, url for a service; write one of them
            {triggers: [a], plugin: {type: a, tokenSecret: {}}}              | spec.plugin has tokenSecret or tls, but no url: they are for a plug-in behind one
            {cron: {}, triggers: [b]}                                        | spec.triggers[0]: Trigger team/b does not exist
            {triggers: [a], plugin: {type: kinesis}}                         | spec.plugin.type 'kinesis' is not known here; there are [redis-stream]
            {triggers: [a], plugin: {type: redis-stream}}                    | spec.plugin.spec.stream is missing
            {triggers: [a], cron: {intervall: 1m}}                           | spec.cron.intervall is not a field of EventSource
            """)
    void tellsWhatIsWrong(String spec, String problem) {
        var served = clock(compiler.compile(Cluster.of(source(spec), trigger("a")).objects()));
        assertThat(served.problems()).singleElement().satisfies(one -> assertThat(one.message()).isEqualTo(problem));
    }

    private static ServedSource clock(Catalog catalog) {
        return Objects.requireNonNull(catalog.sources().get(CLOCK));
    }

    private static ObjectName name(String name) {
        return new ObjectName("team", name);
    }

    private static String source(String spec) {
        return "kind: EventSource\nmetadata: {name: clock, namespace: team}\nspec: " + spec + "\n";
    }

    private static String trigger(String name) {
        return TRIGGER.replace("NAME", name).replaceFirst("---\n", "");
    }
}
