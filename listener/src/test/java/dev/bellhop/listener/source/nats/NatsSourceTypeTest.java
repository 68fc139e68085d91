package dev.bellhop.listener.source.nats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class NatsSourceTypeTest {
    private final NatsSourceType type = new NatsSourceType();

    @Test
    void hasNoProblemWithASubjectOrAStream() throws Exception {
        assertProblems("{'url': 'nats://a:4222, tls://b', 'subject': 'orders.*.>', 'queue': 'q'}");
        assertProblems(
                "{'url': 'nats', 'jetStream': {'stream': 'ORDERS', 'ackWait': '1m', 'deliverPolicy': 'byStartSequence', 'startSequence': 7}}");
    }

    @Test
    void namesEveryFieldThatIsWrong() throws Exception {
        assertProblems("{}", "url: must be given, such as nats://nats.nats:4222",
                "subject: must be given, such as orders.>");
        assertProblems("{'url': 'nats://u:p@host', 'subject': 'a..b'}",
                "url: holds credentials, which do not belong there; keep them in a Secret and name it in auth",
                "subject: 'a..b' is no subject: words with dots between, where * stands for one word and a last > for the rest");
        assertProblems("{'url': 'http://host', 'subject': 'a', 'cloudEvents': 'on'}",
                "url: 'http://host' must begin with nats:// or tls://", "cloudEvents: 'on' must be one of detect, off");
        assertProblems("{'url': 'host', 'subject': 'a', 'auth': {'user': 'u', 'tokenSecret': {'secretName': 's'}}}",
                "auth.passwordSecret: must be given with user",
                "auth.tokenSecret.secretKey: must be given, such as password");
        assertProblems("{'url': 'host', 'queue': 'q', 'jetStream': {'stream': 'A.B', 'ackWait': '10ms',"
                + " 'maxAckPending': 5000, 'deliverPolicy': 'byStartTime'}}",
                "queue: cannot be given with jetStream; its replicas share jetStream.consumer",
                "jetStream.stream: 'A.B' must hold neither white space nor any of . * > / \\",
                "jetStream.startTime: goes with deliverPolicy: byStartTime, and only with it",
                "jetStream.ackWait: '10ms' must be at least 1000ms",
                "jetStream.maxAckPending: 5000 must be from 1 to 1000");
    }

    @Test
    void namesAFieldOfAShapeThatItCannotHave() throws Exception {
        assertThat(type.problems(json("{'url': 'host', 'jetStream': {'maxAckPending': 'many'}}"))).singleElement()
                .asString().startsWith("jetStream.maxAckPending: ");
    }

    @Test
    void describesEveryFieldInItsSchema() {
        var schema = type.schema();
        assertThat(schema.at("/properties/jetStream/properties/maxAckPending/type").asText()).isEqualTo("integer");
        assertThat(schema.findParents("type")).filteredOn(field -> field != schema)
                .allSatisfy(field -> assertThat(field.path("description").asText()).isNotBlank());
    }

    private void assertProblems(String spec, String... problems) throws Exception {
        assertThat(type.problems(json(spec))).containsExactlyInAnyOrder(problems);
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) throws Exception {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }
}
