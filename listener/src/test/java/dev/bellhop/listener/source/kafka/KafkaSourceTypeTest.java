package dev.bellhop.listener.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class KafkaSourceTypeTest {
    private final KafkaSourceType type = new KafkaSourceType();

    @Test
    void hasNoProblemWithTopicsOfABroker() throws Exception {
        assertProblems("{'bootstrapServers': ['kafka.kafka:9092', '[::1]:9092'], 'topics': ['orders']}");
    }

    @Test
    void namesEveryFieldThatIsWrong() throws Exception {
        assertProblems("{}", "bootstrapServers: must name a broker, such as kafka.kafka:9092",
                "topics: must name a topic, such as orders");
        assertProblems("{'bootstrapServers': ['kafka'], 'topics': ['a b'], 'offsetReset': 'none',"
                + " 'sasl': {'mechanism': 'GSSAPI', 'user': 'u'}}",
                "bootstrapServers[0]: 'kafka' must be a host and a port, such as kafka.kafka:9092",
                "topics[0]: 'a b' is no name of a topic: letters, digits, '.', '_' and '-'",
                "offsetReset: 'none' must be one of latest, earliest",
                "sasl.mechanism: 'GSSAPI' must be one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512",
                "sasl.passwordSecret: must be given");
    }

    private void assertProblems(String spec, String... problems) throws Exception {
        assertThat(type.problems(new JsonMapper().readTree(spec.replace('\'', '"'))))
                .containsExactlyInAnyOrder(problems);
    }
}
