package dev.bellhop.listener.action.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.listener.outlet.Outgoing;
import dev.bellhop.listener.outlet.Reply;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionResult.Failed;
import dev.bellhop.spi.action.Answer;
import dev.bellhop.spi.action.Effect;
import org.junit.jupiter.api.Test;

class FunctionTypeTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SERVICES = """
            {"items": [
              {"metadata": {"name": "one"}, "spec": {"ports": [{"name": "web", "port": 8080}, {"name": "admin", "port": 9}]}},
              {"metadata": {"name": "two"}, "spec": {"ports": [{"name": "web", "port": 80}]}}]}
            """;

    private final List<Outgoing> sent = new ArrayList<>();
    private int statusOfTwo = 200;

    private ActionResult call(FakeContext context, String spec) throws Exception {
        return new FunctionType(request -> {
            sent.add(request);
            return new Reply(request.url().getHost().startsWith("two") ? statusOfTwo : 200, "", Optional.empty());
        }).run(json(spec), context);
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static FakeContext context(JsonNode body) throws IOException {
        return new FakeContext(body, new Answer(200, json(SERVICES), Optional.empty()));
    }

    @Test
    void callsEveryServiceWithTheHeadersOfKubeless() throws Exception {
        var context = context(json("{'n': 7}"));

        assertThat(call(context, "{'selector': {'function': 'test'}, 'path': 'run'}"))
                .isInstanceOfSatisfying(Done.class, done -> assertThat(done.effects()).extracting(Effect::name)
                        .containsExactly("one", "two"));

        assertThat(context.asked).containsExactly(
                "GET /api/v1/namespaces/team-a/services?labelSelector=function%3Dtest");
        assertThat(sent).extracting(request -> request.url().toString()).containsExactly(
                "http://one.team-a.svc:8080/run", "http://two.team-a.svc:80/run");
        assertThat(sent.getFirst().body()).isEqualTo("{\"n\":7}");
        assertThat(sent.getFirst().headers()).contains(Map.entry("event-id", "event-1"),
                Map.entry("event-time", "2026-03-01T12:00:00Z"), Map.entry("event-type", "application/json"),
                Map.entry("event-namespace", "kafka.bellhop.dev"), Map.entry("Content-Type", "application/json"));
    }

    @Test
    void whatIsNoJsonObjectIsSentAsAForm() throws Exception {
        call(context(TextNode.valueOf("a=b")), "{'selector': {'function': 'test'}, 'body': 'a=b', 'port': 'web'}");

        assertThat(sent).allSatisfy(request -> assertThat(request.headers())
                .contains(Map.entry("Content-Type", "application/x-www-form-urlencoded")));
    }

    @Test
    void theNextTryCallsOnlyThoseThatFailed() throws Exception {
        var context = context(json("{}"));
        statusOfTwo = 500;
        assertThat(call(context, "{'selector': {'function': 'test'}}")).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.why()).contains("http://two.team-a.svc:80/ was answered 500");
            assertThat(failed.retryable()).isTrue();
        });

        statusOfTwo = 200;
        assertThat(call(context, "{'selector': {'function': 'test'}}")).isInstanceOf(Done.class);
        assertThat(sent).extracting(request -> request.url().getHost()).containsExactly("one.team-a.svc",
                "two.team-a.svc", "two.team-a.svc");
    }

    @Test
    void aPortThatAServiceDoesNotHaveIsNotCalled() throws Exception {
        assertThat(call(context(json("{}")), "{'selector': {'function': 'test'}, 'port': 'admin'}"))
                .isInstanceOfSatisfying(Failed.class,
                        failed -> assertThat(failed.why()).contains("Service two has no port 'admin'"));
    }
}
