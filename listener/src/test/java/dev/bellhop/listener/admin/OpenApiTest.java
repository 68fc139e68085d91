package dev.bellhop.listener.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.listener.journal.sqlite.SqliteJournal;
import dev.bellhop.listener.journal.sqlite.SqliteSettings;
import dev.bellhop.listener.record.RecentHappenings;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The document that describes the API says what the routes do.
class OpenApiTest {
    @TempDir
    private Path directory;

    private final JsonNode document = document();

    private static JsonNode document() {
        try (var in = OpenApiTest.class.getResourceAsStream("openapi.json")) {
            return new JsonMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void describesEveryRouteWithItsParameters() throws IOException {
        var described = new TreeMap<String, Set<String>>();
        document.path("paths").propertyStream()
                .forEach(path -> path.getValue().propertyStream()
                        .forEach(operation -> described.put(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                parameters(operation.getValue()))));
        assertThat(described).isEqualTo(served());
    }

    private Map<String, Set<String>> served() throws IOException {
        try (var client = new KubernetesClientBuilder().build();
                var journal = SqliteJournal.open(SqliteSettings.in(directory), Clock.systemUTC())) {
            var access = new Access(client, System::nanoTime);
            var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            var routes = new Routes(new Probes(registry, () -> true),
                    new DeliveryList(access, journal, new RecentHappenings(_ -> Optional.empty()), Set::of),
                    new OneDelivery(access, journal, HiddenFields.BY_NAME),
                    new BulkReplay(access, journal), new Tails(access));
            var served = new TreeMap<String, Set<String>>();
            routes.table().stream().filter(route -> route.template().startsWith("/api/v1")).forEach(route -> served
                    .put(route.method() + " " + route.template(), new TreeSet<>(route.parameters())));
            return served;
        }
    }

    @Test
    void namesEveryOutcome() {
        assertThat(document.at("/components/schemas/Outcome/enum").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(Stream.of(ShownOutcome.values()).map(Enum::name).toList());
    }

    /// Those of the query; what is in the path, the path says.
    private Set<String> parameters(JsonNode operation) {
        var names = new TreeSet<String>();
        operation.path("parameters").valueStream().map(parameter -> parameter.path("$ref").asText().substring(1))
                .map(document::at).filter(parameter -> parameter.path("in").asText().equals("query"))
                .forEach(parameter -> names.add(parameter.path("name").asText()));
        return names;
    }

    @Test
    void refersToNothingThatIsMissing() {
        assertThat(document.findValuesAsText("$ref")).isNotEmpty()
                .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isMissingNode()).as(ref).isFalse());
    }
}
