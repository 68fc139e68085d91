package dev.bellhop.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.api.ObjectReader.Read;
import org.junit.jupiter.api.Test;

class ObjectReaderTest {
    @Test
    void matchesFieldNamesInAnyCase() throws Exception {
        var spec = understood(
                """
                        {"metadata":{"name":"t"},"spec":{"SERVICEACCOUNTNAME":"sa","template":{"spec":{"resourceTemplates":[{"kind":"X"}]}},
                         "bindings":[{"ref":"b","apiVersion":"v1"}]}}""",
                List.of()).getSpec();

        assertThat(spec.serviceAccountName()).isEqualTo("sa");
        assertThat(spec.template().spec().resourcetemplates()).hasSize(1);
    }

    @Test
    void reportsUnknownFieldsWithTheirPath() throws Exception {
        understood(
                """
                        {"metadata":{"name":"t"},"spec":{"interceptor":[1,{"a":2}],"bindings":[{"ref":"a"},{"rev":"b"}]},"status":{"new":1}}""",
                List.of("spec.interceptor", "spec.bindings[1].rev"));
    }

    @Test
    void saysWhereAnObjectHasAShapeItCannotHave() throws Exception {
        assertThat(read("""
                {"spec":{"bindings":[{"ref":{"name":"x"}}]}}""").toString()).contains("spec.bindings[0].ref: ");
    }

    @Test
    void understandsTheWordsOfOthersThatMeanTheSame() throws Exception {
        var retry = understood("""
                {"spec":{"retryStrategy":{"Steps":3,"duration":"2s","factor":2,"jitter":0.5}}}""", List.of()).getSpec()
                .retry();

        assertThat(retry).isEqualTo(new RetrySpec(3, "2s", 2.0, null, 0.5, null, null));
    }

    @Test
    void reportsAWordBesideAnotherForTheSame() throws Exception {
        understood(
                """
                        {"spec":{"retry":{"steps":3,"maxAttempts":4,"duration":"1s","backoffDelay":"2s"},"retryStrategy":{}}}""",
                List.of("spec.retry.steps", "spec.retry.duration", "spec.retry.backoffDelay", "spec.retryStrategy"));
    }

    private static Read<Trigger> read(String json) throws JsonProcessingException {
        return ObjectReader.read(new ObjectMapper().readTree(json), Trigger.class);
    }

    private static Trigger understood(String json, List<String> unknownFields) throws JsonProcessingException {
        return switch (read(json)) {
            case Read.Understood<Trigger>(var object, var unknown) -> {
                assertThat(unknown).isEqualTo(unknownFields);
                yield object;
            }
            case Read.Unreadable<Trigger>(var why) -> throw new AssertionError(why);
        };
    }
}
