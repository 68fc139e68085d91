package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import dev.bellhop.listener.ApiProxy.Fault;
import dev.bellhop.listener.record.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// An API server that fails now and then: everything is created all the same, and once.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class FaultyApiIT {
    private static final String TWO = "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: first-}},"
            + " {apiVersion: v1, kind: ConfigMap, metadata: {generateName: second-}}";
    private static final int MANY = 20;
    @TempDir
    static Path dataDirectory;
    private static InstalledCluster cluster;
    private static ApiProxy api;
    private static RunningListener listener;
    private static Sender sender;
    private static Team team;

    private final String server;

    FaultyApiIT(ApiServer server) {
        this.server = server.name();
    }

    @BeforeParameterizedClassInvocation
    static void start(ApiServer server) throws IOException {
        cluster = new InstalledCluster(server);
        api = new ApiProxy(server.url());
        listener = start(server.name());
        sender = new Sender();
        team = Team.in(cluster);
        team.listener("shared");
        team.trigger("two", "[]", TWO);
        await().until(() -> listener.serves(team.namespace(), "two"));
    }

    private static RunningListener start(String directory) throws IOException {
        return RunningListener.start(cluster.shipped("bellhop-listener", api.url()), dataDirectory.resolve(directory));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws IOException {
        sender.close();
        listener.close();
        api.close();
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aFailedCreateIsTriedAgainAndWhatWasCreatedIsNotCreatedTwice(Fault fault) {
        api.next(Fault.NONE, fault);
        var eventId = post();
        await().atMost(Duration.ofSeconds(20)).until(() -> listener.endingsOf(eventId).size() == 2);
        assertThat(listener.endingsOf(eventId)).hasExactlyElementsOfTypes(Ending.Retrying.class, Ending.Created.class);
        assertThat(listener.endingsOf(eventId).getLast().detail()).contains("first-").contains("second-");
        assertThat(team.made(eventId)).hasSize(2);
    }

    @Test
    void waitsAsLongAsTheApiServerAsks() {
        api.next(Fault.TOO_MANY_REQUESTS);
        var eventId = post();
        await().atMost(Duration.ofSeconds(20)).until(() -> !listener.endingsOf(eventId).isEmpty());
        assertThat(listener.endingsOf(eventId).getFirst()).isInstanceOfSatisfying(Ending.Retrying.class, retrying -> {
            assertThat(retrying.in()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(retrying.why()).contains("429");
        });
        await().atMost(Duration.ofSeconds(20)).until(() -> team.made(eventId).size() == 2);
    }

    @Test
    void whatAStoppedListenerLeftIsCreatedOnceByTheNext() throws IOException {
        api.goDown();
        var eventIds = IntStream.range(0, MANY).mapToObj(_ -> post()).toList();
        assertThat(eventIds).doesNotHaveDuplicates();
        listener.close();
        assertThat(eventIds).allSatisfy(eventId -> assertThat(team.made(eventId)).isEmpty());
        api.comeBack();
        listener = start(server);
        await().atMost(Duration.ofSeconds(30)).until(() -> created(eventIds) == MANY);
        assertThat(eventIds).allSatisfy(eventId -> assertThat(team.made(eventId)).hasSize(2));
    }

    @Test
    void aListenerThatIsStoppedInTheMiddleLeavesNothingHalfDone() throws IOException {
        var eventIds = IntStream.range(0, MANY).mapToObj(_ -> post()).toList();
        listener.close();
        listener = start(server);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> eventIds.stream().allMatch(eventId -> team.made(eventId).size() == 2));
    }

    private static long created(List<String> eventIds) {
        return eventIds.stream()
                .filter(eventId -> listener.endingsOf(eventId).stream().anyMatch(Ending.Created.class::isInstance))
                .count();
    }

    private static String post() {
        var reply = sender.post(listener.url(team.namespace(), "shared"), "{}");
        assertThat(reply.status()).isEqualTo(202);
        return reply.eventId();
    }
}
