package dev.bellhop.apiserver.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.object.Json;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnPathTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            .spec.size                                      | 3
            {.spec.size}                                    | 3
            .metadata.annotations['example.dev/a.b']        | x
            .metadata.annotations.example\\.dev/a\\.b         | x
            .status.conditions[?(@.type=="Ready")].status   | True
            .status.conditions[?(@.type=='Gone')].status    | ''
            .status.conditions[0].type                      | Synced
            .status.conditions[-1].type                     | Ready
            .status.conditions[*].type                      | Synced,Ready
            .spec.missing.deeper                            | ''
            """)
    void findsValues(String path, String expected) {
        var object = Json.literal("""
                {"metadata":{"annotations":{"example.dev/a.b":"x"}},"spec":{"size":3},
                 "status":{"conditions":[{"type":"Synced","status":"False"},{"type":"Ready","status":"True"}]}}""");

        assertThat(ColumnPath.parse(path).find(object).stream().map(JsonNode::asText).collect(Collectors.joining(",")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "119,119s", "120,2m", "330,5m30s", "600,10m", "10799,179m", "11000,3h3m", "30000,8h",
            "172800,2d", "180000,2d2h", "864000,10d", "70000000,2y80d"})
    void tellsAgesAsKubectlDoes(long seconds, String expected) {
        assertThat(Ages.shown(Duration.ofSeconds(seconds))).isEqualTo(expected);
    }
}
