package dev.bellhop.listener.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.bellhop.engine.event.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Hub-Signature",
            "X-Hub-Signature-256", "X-Gitlab-Token", "Webhook-Signature", "X-Slack-Signature", "Stripe-Signature",
            "X-Shopify-Hmac-Sha256", "X-Vault-Token", "X-Client-Secret", "X-Api-Key", "Svix-Signature", "X-Auth-Key",
            "X-Trello-Webhook", "X-Goog-Channel-Token", "Apikey", "X-Amz-Security-Token"})
    void hidesHeadersThatCarryACredential(String name) {
        var headers = Headers.of(List.of(Map.entry(name, "s3cr3t"), Map.entry("Content-Type", "application/json")));

        var redacted = Redaction.of(Samples.event(NOW, "/", headers, "hello")).headers();

        assertThat(redacted.first(name)).contains("redacted");
        assertThat(redacted.first("Content-Type")).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Github-Delivery", "X-Github-Event", "Webhook-Id", "Webhook-Timestamp", "Content-Type",
            "Traceparent", "User-Agent", "X-Request-Uuid", "Ce-Source", "Idempotency-Key", "X-Authored-By"})
    void leavesOtherHeadersAlone(String name) {
        var event = Samples.event(NOW, "/", Headers.of(List.of(Map.entry(name, "value"))), "hello");

        assertThat(Redaction.of(event)).isSameAs(event);
    }

    @ParameterizedTest
    @CsvSource({"/ns?name=x, /ns?name=x", "/?token=a, /?token=redacted",
            "/?a=1&access_token=a&b=2, /?a=1&access_token=redacted&b=2",
            "/?accessToken=a, /?accessToken=redacted", "/?%74oken=a, /?%74oken=redacted",
            "/?X-Amz-Signature=a, /?X-Amz-Signature=redacted",
            "/?sig=a%3D&sv=1, /?sig=redacted&sv=1", "/?api_key=a, /?api_key=redacted", "/?%zz=a, /?%zz=a",
            "/?token, /?token",
            "/?token=, /?token=redacted", "/?key=a, /?key=a", "/?a==&&, /?a==&&",
            "/?client_secret=a=b, /?client_secret=redacted",
            "/?label=app%3Dfoo, /?label=app%3Dfoo"})
    void hidesQueryParametersThatCarryACredential(String sent, String kept) {
        assertThat(Redaction.of(Samples.event(NOW, sent, Headers.NONE, "hello")).requestUrl()).isEqualTo(kept);
    }

    @Test
    void keepsOneValueForEachThatWasSent() {
        var headers = Headers.of(List.of(Map.entry("Cookie", "a=1"), Map.entry("Cookie", "b=2")));

        assertThat(Redaction.of(Samples.event(NOW, "/", headers, "hello")).headers().all("Cookie"))
                .containsExactly("redacted", "redacted");
    }
}
