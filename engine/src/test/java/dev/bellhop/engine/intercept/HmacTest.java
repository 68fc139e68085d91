package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.intercept.Decision.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HmacTest implements SenderContract {
    private static final String BODY = "{\"a\":1}";
    private static final long NOW = Given.NOW.getEpochSecond();
    private static final String REF = "\"secretRef\": {\"secretName\": \"webhook\", \"secretKey\": \"token\"}";

    @Override
    public String kind() {
        return "hmac";
    }

    @Override
    public String otherParams() {
        return """
                , "header": "X-Sig", "algorithm": "SHA512", "encoding": "base64url", "prefix": "s=", "separator": ",",
                "signedTemplate": "{id}|{timestamp}|{body}", "timestampHeader": "X-Time", "timestampUnit": "ms",
                "tolerance": "30s", "idHeader": "X-Id\"""";
    }

    @Override
    public String header() {
        return "X-Sig";
    }

    @Override
    public Event from(String secret) {
        return sent(secret, BODY, Map.of());
    }

    @Override
    public Event forged(String secret) {
        return sent(secret, BODY.replace('1', '2'), Map.of());
    }

    @Override
    public Event unproven(String secret) {
        return sent(secret, BODY, Map.of("X-Sig", ""));
    }

    /// Signs BODY and sends `body`; a header with an empty value is left out.
    private static Event sent(String secret, String body, Map<String, String> changed) {
        var time = Long.toString(NOW * 1000);
        var signed = Given.hmac("HmacSHA512", secret, ("id-1|" + time + "|" + BODY).getBytes(StandardCharsets.UTF_8));
        var headers = new HashMap<>(Map.of("X-Id", "id-1", "X-Time", time, "X-Sig",
                "t=1, s=AAAA, s=" + Base64.getUrlEncoder().withoutPadding().encodeToString(signed)));
        headers.putAll(changed);
        headers.values().removeIf(String::isEmpty);
        return Given.event(body, headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Id", "X-Time"})
    void refusesWithoutAHeaderThatIsSigned(String header) {
        assertThat(decide(sent(Given.SECRET, BODY, Map.of(header, "")))).isInstanceOfSatisfying(Decision.Refused.class,
                refused -> {
                    assertThat(refused.credentials()).isEqualTo(Credentials.MISSING);
                    assertThat(refused.why()).isEqualTo("no " + header + " header set");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Id", "X-Time"})
    void refusesWhenAHeaderThatIsSignedIsChanged(String header) {
        assertThat(decide(sent(Given.SECRET, BODY, Map.of(header, "1")))).isInstanceOfSatisfying(Decision.Refused.class,
                refused -> assertThat(refused.credentials()).isEqualTo(Credentials.WRONG));
    }

    @ParameterizedTest
    @CsvSource({"0,''", "-300,''", "300,''", "-301,the signed timestamp is more than 300 s old",
            "301,the signed timestamp is more than 300 s ahead of the listener's clock"})
    void refusesATimeOutsideTheToleranceBothWays(long secondsAway, String why) {
        var time = NOW + secondsAway;
        assertThat(slack(Long.toString(time))).satisfies(decision -> assertComplaint(decision, why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1e9", "99999999999999999999", "-9223372036854775808", "9223372036854775807",
            "31556889864403199", "-31557014167219200"})
    void refusesATimeThatIsNone(String time) {
        assertThat(slack(time)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void readsTimesInEveryUnit() {
        for (var unit : Map.of("s", "" + NOW, "ms", NOW + "000", "rfc3339", "2026-01-02T03:04:05Z").entrySet()) {
            var interceptor = Given.interceptor("hmac", """
                    {%s, "header": "X-Sig", "signedTemplate": "{timestamp}{body}", "timestampHeader": "X-Time",
                     "timestampUnit": "%s"}""".formatted(REF, unit.getKey()));
            var signature = Given.hexHmac("HmacSHA256", Given.SECRET, unit.getValue() + BODY);
            assertThat(interceptor.intercept(Given.event(BODY, Map.of("X-Sig", signature, "X-Time", unit.getValue())),
                    Given.extensions(), Given.SECRETS)).as(unit.getKey()).isInstanceOf(Decision.Continue.class);
        }
    }

    @Test
    void readsTheTimeBesideTheSignature() {
        var right = "t=" + NOW + ",v1=" + Given.hexHmac("HmacSHA256", Given.SECRET, NOW + "." + BODY);
        assertThat(preset("stripe", BODY, Map.of("Stripe-Signature", right))).isInstanceOf(Decision.Continue.class);
        assertComplaint(preset("stripe", BODY, Map.of("Stripe-Signature", right.replace("t=", "x="))),
                "the signature in header Stripe-Signature does not match the body");
        var old = "t=1,v1=" + Given.hexHmac("HmacSHA256", Given.SECRET, "1." + BODY);
        assertComplaint(preset("stripe", BODY, Map.of("Stripe-Signature", old)),
                "the signed timestamp is more than 300 s old");
        assertComplaint(preset("stripe", BODY, Map.of("Stripe-Signature", right.replace("v1=", "v0="))),
                "header Stripe-Signature holds no signature of the form v1=<hex>");
    }

    @Test
    void readsTheTimeInTheBody() {
        for (var time : Map
                .of("" + NOW * 1000, "", "" + (NOW - 61) * 1000, "the signed timestamp is more than 60 s old",
                        "null", "the signed timestamp is not a time in ms")
                .entrySet()) {
            var body = "{\"webhookTimestamp\":" + time.getKey() + "}";
            assertComplaint(preset("linear", body,
                    Map.of("Linear-Signature", Given.hexHmac("HmacSHA256", Given.SECRET, body))), time.getValue());
        }
    }

    @Test
    void changesTheToleranceOfAPreset() {
        var interceptor = Given.interceptor("hmac",
                "{%s, \"preset\": \"slack\", \"tolerance\": \"2h\"}".formatted(REF));
        var time = Long.toString(NOW - 7000);
        var signature = "v0=" + Given.hexHmac("HmacSHA256", Given.SECRET, "v0:" + time + ":" + BODY);
        assertThat(interceptor.intercept(Given.event(BODY,
                Map.of("X-Slack-Request-Timestamp", time, "X-Slack-Signature", signature)), Given.extensions(),
                Given.SECRETS)).isInstanceOf(Decision.Continue.class);
    }

    @Test
    void readsSecretsInBase64AndHex() {
        var key = "key";
        for (var secret : Map.of("base64", Map.of("a2V5", true, "pre_a2V5", true, "a2V5=", false, "k", false),
                "hex", Map.of("6b6579", true, "pre_6B6579", true, "6b657", false, "pre_", false)).entrySet()) {
            var interceptor = Given.interceptor("hmac", """
                    {%s, "header": "X-Sig", "secretEncoding": "%s", "secretPrefix": "pre_"}"""
                    .formatted(REF, secret.getKey()));
            var event = Given.event(BODY, Map.of("X-Sig", Given.hexHmac("HmacSHA256", key, BODY)));
            secret.getValue().forEach((written, usable) -> {
                var decision = interceptor.intercept(event, Given.extensions(),
                        Given.secrets(Map.of("webhook", written)));
                if (usable) {
                    assertThat(decision).as(written).isInstanceOf(Decision.Continue.class);
                } else {
                    assertThat(decision).as(written).isEqualTo(new Decision.Failed("hmac",
                            "key 'token' of Secret team-a/webhook is not " + secret.getKey() + " after 'pre_'", true));
                }
            });
        }
    }

    @Test
    void manySignaturesCostNoMoreThanOne() {
        var body = "{\"a\":\"" + "x".repeat(4_000_000) + "\"}";
        var signatures = IntStream.range(0, 2000).mapToObj(_ -> "v1=00").collect(Collectors.joining(","));
        // 2,000 HMACs over 4 MB would take more than ten seconds.
        assertTimeout(Duration.ofSeconds(5),
                () -> assertThat(preset("pagerduty", body, Map.of("X-PagerDuty-Signature", signatures)))
                        .isInstanceOf(Decision.Refused.class));
    }

    private static Decision slack(String time) {
        return preset("slack", BODY, Map.of("X-Slack-Request-Timestamp", time, "X-Slack-Signature",
                "v0=" + Given.hexHmac("HmacSHA256", Given.SECRET, "v0:" + time + ":" + BODY)));
    }

    private static Decision preset(String name, String body, Map<String, String> headers) {
        return Given.interceptor("hmac", "{%s, \"preset\": \"%s\"}".formatted(REF, name))
                .intercept(Given.event(body, headers), Given.extensions(), Given.SECRETS);
    }

    /// `why` is empty when the event passes.
    private static void assertComplaint(Decision decision, String why) {
        if (why.isEmpty()) {
            assertThat(decision).isInstanceOf(Decision.Continue.class);
        } else {
            assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
                assertThat(refused.why()).isEqualTo(why);
                assertThat(refused.credentials()).isEqualTo(Credentials.WRONG);
            });
        }
    }
}
