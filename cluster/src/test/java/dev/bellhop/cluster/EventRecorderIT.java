package dev.bellhop.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import dev.bellhop.api.ObjectName;
import dev.bellhop.apiserver.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class EventRecorderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final EventRecorder recorder;
    private String namespace;
    private ConfigMap object;

    EventRecorderIT(ApiServer server) {
        client = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(server.kubeconfig())).build();
        recorder = new EventRecorder(client, "bellhop.dev/test", "test-0", Clock.systemUTC());
    }

    @BeforeEach
    void createAnObject() {
        namespace = "t-" + Long.toHexString(ThreadLocalRandom.current().nextLong() & 0xffffffffL);
        client.resource(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build()).create();
        object = client.resource(new ConfigMapBuilder().withNewMetadata().withNamespace(namespace).withName("thing")
                .endMetadata().withData(Map.of()).build()).create();
        recorder.start();
    }

    @AfterEach
    void close() {
        recorder.close();
        client.close();
    }

    @Test
    void anOccurrenceBecomesAnEventInTheNamespaceOfItsObject() {
        recorder.record(thing(),
                new Occurrence(Occurrence.Type.Warning, "Refused", "Decide", "The signature is wrong"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getReason()).isEqualTo("Refused");
            assertThat(event.getAction()).isEqualTo("Decide");
            assertThat(event.getNote()).isEqualTo("The signature is wrong");
            assertThat(event.getReportingController()).isEqualTo("bellhop.dev/test");
            assertThat(event.getReportingInstance()).isEqualTo("test-0");
            assertThat(event.getRegarding().getName()).isEqualTo("thing");
            assertThat(event.getRegarding().getUid()).isEqualTo(object.getMetadata().getUid());
            assertThat(event.getSeries()).isNull();
        }));
    }

    @Test
    void repeatedOccurrencesAreCountedInOneEvent() {
        for (int i = 0; i < 1000; i++) {
            recorder.record(thing(), new Occurrence(Occurrence.Type.Normal, "Filtered", "Decide", "by the filter"));
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events()).singleElement()
                .satisfies(event -> assertThat(event.getSeries()).isNotNull())
                .satisfies(event -> assertThat(event.getSeries().getCount()).isEqualTo(1000)));
        assertThat(recorder.dropped()).isZero();
    }

    @Test
    void closingWritesWhatIsStillWaiting() {
        recorder.record(thing(), new Occurrence(Occurrence.Type.Normal, "Triggered", "Create", "created run-1", ""));
        recorder.record(thing(), new Occurrence(Occurrence.Type.Normal, "Triggered", "Create", "created run-2", ""));
        recorder.close();
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.getNote()).isEqualTo("created run-1");
            assertThat(event.getSeries().getCount()).isEqualTo(2);
        });
    }

    @Test
    void whatTheApiServerRefusesIsDroppedAndCounted() {
        recorder.record(new Regarding("v1", "ConfigMap", new ObjectName("no-such-namespace", "thing"), "uid"),
                new Occurrence(Occurrence.Type.Normal, "Triggered", "Create", "created run-1"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(recorder.dropped()).isEqualTo(1));
    }

    private Regarding thing() {
        return new Regarding("v1", "ConfigMap", new ObjectName(namespace, "thing"), object.getMetadata().getUid());
    }

    private List<Event> events() {
        return client.events().v1().events().inNamespace(namespace).list().getItems();
    }
}
