package dev.bellhop.listener.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.bellhop.listener.broker.CloudEvent.Binding;
import org.junit.jupiter.api.Test;

class CloudEventTest {
    private static final Map<String, String> HEADERS = Map.of("ce_specversion", "1.0", "ce_id", "1", "ce_source", "/s",
            "ce_type", "t");

    @Test
    void isNoneWithoutItsRequiredAttributes() {
        assertThat(CloudEvent.of(Binding.KAFKA, Map.of("ce_specversion", "1.0", "ce_id", "1"), bytes("x"))).isEmpty();
        assertThat(structured("{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"/s\"}")).isEmpty();
        assertThat(structured("no JSON")).isEmpty();
        assertThat(structured("[]")).isEmpty();
    }

    @Test
    void isNoneInTheWordsOfTheOtherBroker() {
        assertThat(CloudEvent.of(Binding.NATS, HEADERS, bytes("x"))).isEmpty();
    }

    @Test
    void keepsExtensionsAndTheirTypes() {
        var event = structured("""
                {"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "tries": 3, "note": null}""");
        assertThat(event.orElseThrow().attributes().get("tries").intValue()).isEqualTo(3);
        assertThat(event.orElseThrow().attributes()).doesNotContainKey("note");
        assertThat(event.orElseThrow().data().bytes().orElseThrow()).isEmpty();
    }

    @Test
    void takesBinaryDataOutOfBase64() {
        assertThat(structured("""
                {"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "data_base64": "aGk="}""")
                .orElseThrow().data().bytes().map(String::new)).contains("hi");
        assertThat(structured("""
                {"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "data_base64": "§"}""")).isEmpty();
    }

    @Test
    void takesTextThatIsNotJsonOutOfItsQuotationMarks() {
        assertThat(structured(
                """
                        {"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "datacontenttype": "text/plain", "data": "hi"}""")
                .orElseThrow().data().bytes().map(String::new)).contains("hi");
        assertThat(structured("""
                {"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "data": "hi"}""")
                .orElseThrow().data().json().orElseThrow().textValue()).isEqualTo("hi");
    }

    @Test
    void knowsNoTimeThatCannotBeRead() {
        var headers = new java.util.HashMap<>(HEADERS);
        headers.put("ce_time", "yesterday");
        var event = CloudEvent.of(Binding.KAFKA, headers, bytes("x")).orElseThrow();
        assertThat(event.time()).isEmpty();
        assertThat(event.text("time")).isEqualTo("yesterday");
    }

    @Test
    void decodesPercentSignsOfNatsAlone() {
        var headers = Map.of("Ce-Specversion", "1.0", "CE-Id", "a+b%20c", "ce-source", "100%", "ce-type", "t");
        var event = CloudEvent.of(Binding.NATS, headers, bytes("x")).orElseThrow();
        assertThat(event.text("id")).isEqualTo("a+b c");
        assertThat(event.text("source")).isEqualTo("100%");
    }

    private static java.util.Optional<CloudEvent> structured(String json) {
        return CloudEvent.of(Binding.KAFKA, Map.of("Content-Type", "application/cloudevents+json"), bytes(json));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
