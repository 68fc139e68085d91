package dev.bellhop.listener.source.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.listener.outlet.Outgoing;
import dev.bellhop.listener.outlet.Reply;
import dev.bellhop.listener.source.TestContext;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceHealth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a plug-in behind a URL is told of its EventSource, and what its answers mean.
class RemoteSourceTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SPEC = """
            {"url": "http://ticker/", "tokenSecret": {"secretName": "ticker", "secretKey": "token"}, "spec": {"every": "1s"}}
            """;

    private final TestContext context = new TestContext("team-a");
    private final List<Outgoing> sent = new CopyOnWriteArrayList<>();
    private volatile Optional<Reply> answer = Optional.of(new Reply(200, "", Optional.empty()));
    private final RemoteType type = RemoteType
            .reaching(new RemoteType.Reach(this::send, source -> "http://bellhop/sources/" + source,
                    Duration.ofMillis(20)));
    private Optional<RunningSource> running = Optional.empty();

    @BeforeEach
    void aToken() {
        context.secret("ticker", Map.of("token", "s3cret\n"));
    }

    @AfterEach
    void stop() {
        running.ifPresent(RunningSource::close);
    }

    private Reply send(Outgoing request) throws IOException {
        sent.add(request);
        return answer.orElseThrow(() -> new IOException("nobody is there"));
    }

    private void start(String spec) {
        running = Optional.of(type.start(json(spec), context));
    }

    @Test
    void tellsThePluginOfTheSourceAgainAndAgain() {
        start(SPEC);
        await().until(() -> sent.size() >= 3);
        assertThat(sent).allSatisfy(request -> {
            assertThat(request).hasToString("PUT http://ticker/uid");
            assertThat(request.headers()).anySatisfy(header -> {
                assertThat(header.getKey()).isEqualTo("Authorization");
                assertThat(header.getValue()).isEqualTo("Bearer s3cret");
            });
            assertThat(json(request.body())).isEqualTo(json("""
                    {"namespace": "team-a", "name": "source", "uid": "uid", "generation": 1,
                     "eventsUrl": "http://bellhop/sources/team-a/source", "everySeconds": 0, "spec": {"every": "1s"}}
                    """));
        });
        assertThat(last()).isInstanceOf(SourceHealth.Connected.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | {"connected": true, "message": "ticks"}                         | Connected    | ticks
            202 | `not JSON`                                                       | Connected    | PUT http://ticker/uid was answered 202
            200 | {"connected": false, "reason": "NoRoom", "message": "disk full"} | NoRoom       | disk full
            200 | {"connected": false, "reason": "a b"}                            | NotConnected | the plug-in says that it is not connected
            422 | {"message": "every must be a duration"}                          | SpecRefused  | PUT http://ticker/uid was answered 422: every must be a duration
            401 | {}                                                               | TokenRefused | PUT http://ticker/uid was answered 401
            500 | <html>trace</html>                                               | PluginFailed | PUT http://ticker/uid was answered 500
            """)
    void whatItAnswersIsTheHealth(int status, String body, String reason, String message) {
        answer = Optional.of(new Reply(status, body, Optional.empty()));
        start(SPEC);
        await().until(() -> context.health().isPresent());
        assertThat(last()).isEqualTo(reason.equals("Connected")
                ? new SourceHealth.Connected(message)
                : new SourceHealth.Disconnected(reason, message));
    }

    @Test
    void aPluginThatComesBackIsConnectedAgain() {
        answer = Optional.empty();
        start(SPEC);
        await().until(() -> last() instanceof SourceHealth.Disconnected(var reason, var _)
                && reason.equals("Unreachable"));
        answer = Optional.of(new Reply(200, "", Optional.empty()));
        await().until(() -> last() instanceof SourceHealth.Connected);
    }

    @Test
    void withoutTheTokenNothingIsSent() {
        start(SPEC.replace("\"token\"", "\"other\""));
        await().until(() -> context.health().isPresent());
        assertThat(last()).isInstanceOfSatisfying(SourceHealth.Disconnected.class,
                said -> assertThat(said.reason()).isEqualTo("SecretMissing"));
        assertThat(sent).isEmpty();
    }

    @Test
    void thePluginLearnsThatNobodyWantsItAnyMoreButNotOfARestart() throws Exception {
        start(SPEC);
        await().until(() -> context.health().isPresent());
        running.orElseThrow().close();
        assertThat(sent).noneSatisfy(request -> assertThat(request.method()).isEqualTo("DELETE"));
        running.orElseThrow().withdrawn();
        assertThat(sent.getLast()).hasToString("DELETE http://ticker/uid");
    }

    @Test
    void thePluginBehindAFormerUrlLearnsThatAnotherTookItsPlace() {
        start(SPEC);
        await().until(() -> context.health().isPresent());
        running.orElseThrow().close();
        sent.clear();
        start(SPEC.replace("http://ticker/", "https://tocker/x"));
        await().untilAsserted(() -> assertThat(sent).extracting(Outgoing::toString)
                .contains("DELETE http://ticker/uid", "PUT https://tocker/x/uid"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"url": "http://a"}                                                    | tokenSecret: must name a key
            {"url": "http://a", "tokenSecret": {"secretName": "a"}}                | tokenSecret.secretKey: must be given
            {"url": "ftp://a", "tokenSecret": {"secretName":"a","secretKey":"b"}}  | url: must be http or https
            {"url": "http://a?b", "tokenSecret": {"secretName":"a","secretKey":"b"}} | url: must be http or https
            {"url": "http://a b", "tokenSecret": {"secretName":"a","secretKey":"b"}} | url: 'http://a b' is none
            """)
    void tellsWhatIsWrongWithASpec(String spec, String problem) {
        assertThat(type.problems(json(spec))).singleElement().satisfies(why -> assertThat(why).startsWith(problem));
    }

    private SourceHealth last() {
        return context.health().orElseGet(() -> new SourceHealth.Connected("nothing yet"));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
