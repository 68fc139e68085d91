package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.api.ObjectName;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.action.ApiConnection;
import dev.bellhop.listener.action.Identity;
import dev.bellhop.listener.action.ObjectCreator;
import dev.bellhop.listener.action.Order;
import dev.bellhop.listener.action.Result;
import dev.bellhop.listener.journal.Door;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.share.Breaker;
import dev.bellhop.listener.source.kube.BearerToken;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The same work twice, by this process, a later one or another replica, makes the same objects once.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ObjectCreatorIT {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final String GENERATED = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"generateName\":\"made-\"}}";
    private static final String FIXED = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"fixed\"}}";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Vertx VERTX = Vertx.vertx();

    private static InstalledCluster cluster;
    private static KubernetesClient client;
    private static ApiConnection api;
    private static ObjectCreator creator;

    private final List<List<ObjectRef>> progress = new ArrayList<>();
    private Team team;

    @SuppressWarnings("unused")
    ObjectCreatorIT(ApiServer server) {}

    @BeforeParameterizedClassInvocation
    static void start(ApiServer server) {
        cluster = new InstalledCluster(server);
        client = cluster.shipped("bellhop-listener");
        api = new ApiConnection(VERTX, client.getConfiguration(),
                new BearerToken(client.getConfiguration(), Clock.systemUTC()), 2, Duration.ofSeconds(10),
                new Breaker(new Random(1)), Clock.systemUTC());
        creator = new ObjectCreator(api, Clock.systemUTC(), false);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws IOException {
        api.close();
        client.close();
        cluster.close();
    }

    @BeforeEach
    void aTeam() {
        team = Team.in(cluster);
    }

    private Order order(Identity identity, String... resources) {
        var objects = Stream.of(resources).map(ObjectCreatorIT::json).toList();
        return new Order(new EventId("event"), Door.listener(new ObjectName("bellhop", "shared")),
                new ObjectName(team.namespace(), "push"), identity,
                Optional.of("system:serviceaccount:" + team.namespace() + ":maker"), objects);
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private List<ObjectRef> create(Order order, ObjectRef... soFar) {
        return switch (creator.create(order, List.of(soFar), progress::add)) {
            case Result.Created(var objects) -> objects;
            case Result.Failed failed -> throw new AssertionError(failed.toString());
        };
    }

    private static Identity keyed(Instant receivedAt) {
        return new Identity("uid|dedup|d1", receivedAt, Optional.of(WINDOW));
    }

    @Test
    void meetsItsOwnObjectsAndSaysOnThemWhoseTheyAre() {
        var order = order(new Identity("uid|event|1", NOON, Optional.empty()), GENERATED, FIXED);
        var first = create(order);

        assertThat(create(order)).isEqualTo(first).hasSize(2);
        assertThat(team.made()).hasSize(2).allSatisfy(made -> assertThat(made.getMetadata().getAnnotations())
                .containsEntry(Bellhop.ANNOTATION_RECEIVED_AT, "2026-03-01T12:00:00Z")
                .hasEntrySatisfying(Bellhop.ANNOTATION_DELIVERY, mark -> assertThat(mark).matches("[0-9a-f]{32}")));
    }

    @Test
    void anotherIdentityMakesObjectsOfItsOwn() {
        create(order(new Identity("uid|event|1", NOON, Optional.empty()), GENERATED));
        create(order(new Identity("uid|replay|1.2", NOON, Optional.empty()), GENERATED));

        assertThat(team.made()).hasSize(2);
    }

    @Test
    void goesOnAfterWhatWasMadeAndBringsNothingBack() {
        var order = order(new Identity("uid|event|1", NOON, Optional.empty()), GENERATED, GENERATED, GENERATED);
        var made = create(order);
        assertThat(progress).containsExactly(made.subList(0, 1), made.subList(0, 2));
        cluster.admin().configMaps().inNamespace(team.namespace()).delete();

        assertThat(create(order, made.get(0), made.get(1)).subList(0, 2)).isEqualTo(made.subList(0, 2));
        assertThat(team.made()).singleElement()
                .satisfies(last -> assertThat(last.getMetadata().getName()).isEqualTo(made.get(2).name()));
    }

    @Test
    void aDedupKeyThatComesAgainAfterItsWindowMakesNewObjectsEachTime() {
        var seen = new ArrayList<String>();
        for (int hours = 0; hours < 6; hours++) {
            var order = order(keyed(NOON.plus(Duration.ofMinutes(65L * hours))), GENERATED);
            var name = create(order).getFirst().name();
            assertThat(create(order).getFirst().name()).isEqualTo(name);
            assertThat(create(order(keyed(NOON.plus(Duration.ofMinutes(65L * hours + 59))), GENERATED)).getFirst()
                    .name()).as("within the window of %s", hours).isEqualTo(name);
            seen.add(name);
        }

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(team.made()).hasSize(6);
    }

    @Test
    void aFixedNameOfAnEarlierTimeIsNotOurs() {
        create(order(keyed(NOON), FIXED));
        create(order(keyed(NOON.plus(WINDOW).minusSeconds(1)), FIXED));

        assertThat(creator.create(order(keyed(NOON.plus(WINDOW)), FIXED), List.of(), progress::add))
                .isInstanceOfSatisfying(Result.Failed.class, failed -> {
                    assertThat(failed.why()).contains("'fixed' exists already");
                    assertThat(failed.retryable()).isFalse();
                });
    }

    @Test
    void annotationsThatAreNoObjectAreRefused() {
        var order = order(keyed(NOON), GENERATED.replace("\"metadata\":{", "\"metadata\":{\"annotations\":[],"));

        assertThat(creator.create(order, List.of(), progress::add)).isInstanceOfSatisfying(Result.Failed.class,
                failed -> assertThat(failed.why()).contains("metadata.annotations is no object"));
    }
}
