package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signs as each sender does, spelled out once more and apart from the presets, and asks whether the preset agrees.
class PresetsTest {
    private static final String TIME = Long.toString(Given.NOW.getEpochSecond());
    private static final String BODY = "{\"webhookTimestamp\":" + TIME + "000}";

    /// The columns: preset, algorithm, signed text, headers separated by blanks.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "github            | HmacSHA256 | BODY            | x-hub-signature-256:sha256=HEX",
            "gitlab            | HmacSHA256 | i.TIME.BODY     | webhook-id:i webhook-timestamp:TIME webhook-signature:v1,B64",
            "bitbucket         | HmacSHA256 | BODY            | x-hub-signature:sha256=HEX",
            "gitea             | HmacSHA256 | BODY            | x-gitea-signature:HEX",
            "forgejo           | HmacSHA256 | BODY            | x-forgejo-signature:HEX",
            "gogs              | HmacSHA256 | BODY            | x-gogs-signature:HEX",
            "jira              | HmacSHA256 | BODY            | x-hub-signature:sha256=HEX",
            "linear            | HmacSHA256 | BODY            | linear-signature:HEX",
            "clickup           | HmacSHA256 | BODY            | x-signature:HEX",
            "slack             | HmacSHA256 | v0:TIME:BODY    | x-slack-request-timestamp:TIME x-slack-signature:v0=HEX",
            "zoom              | HmacSHA256 | v0:TIME:BODY    | x-zm-request-timestamp:TIME x-zm-signature:v0=HEX",
            "meta              | HmacSHA256 | BODY            | x-hub-signature-256:sha256=HEX",
            "x                 | HmacSHA256 | BODY            | x-twitter-webhooks-signature:sha256=B64",
            "dropbox           | HmacSHA256 | BODY            | x-dropbox-signature:HEX",
            "stripe            | HmacSHA256 | TIME.BODY       | stripe-signature:t=TIME,v1=00,v1=HEX,v0=00",
            "shopify           | HmacSHA256 | BODY            | x-shopify-hmac-sha256:B64",
            "paddle            | HmacSHA256 | TIME:BODY       | paddle-signature:ts=TIME;h1=HEX",
            "calendly          | HmacSHA256 | TIME.BODY       | calendly-webhook-signature:t=TIME,v1=HEX",
            "nexus             | HmacSHA1   | BODY            | x-nexus-webhook-signature:HEX",
            "jfrog             | HmacSHA256 | BODY            | x-jfrog-event-auth:HEX",
            "circleci          | HmacSHA256 | BODY            | circleci-signature:v1=HEX,v2=00",
            "vercel            | HmacSHA1   | BODY            | x-vercel-signature:HEX",
            "terraform-cloud   | HmacSHA512 | BODY            | x-tfe-notification-signature:HEX",
            "sonarqube         | HmacSHA256 | BODY            | x-sonar-webhook-hmac-sha256:HEX",
            "sentry            | HmacSHA256 | BODY            | sentry-hook-signature:HEX",
            "pagerduty         | HmacSHA256 | BODY            | x-pagerduty-signature:v1=00,v1=HEX",
            "rootly            | HmacSHA256 | TIMEBODY        | x-rootly-signature:t=TIME,v1=HEX",
            "hookdeck          | HmacSHA256 | BODY            | x-hookdeck-signature:B64",
            "standard-webhooks | HmacSHA256 | i.TIME.BODY     | webhook-id:i webhook-timestamp:TIME webhook-signature:v1,B64",
            "svix              | HmacSHA256 | i.TIME.BODY     | svix-id:i svix-timestamp:TIME svix-signature:v1,B64",
    })
    void acceptsWhatItsSenderSigns(String preset, String algorithm, String signed, String headers) {
        boolean inBase64 = Presets.find(preset).orElseThrow().scheme().secretEncoding() == Encoding.BASE64;
        var stored = inBase64
                ? "whsec_" + Base64.getEncoder().encodeToString("key".getBytes(StandardCharsets.UTF_8))
                : "key";
        var text = signed.replace("TIME", TIME).replace("BODY", BODY);
        var sent = headers(headers, Given.hmac(algorithm, "key", text.getBytes(StandardCharsets.UTF_8)));
        var interceptor = Given.interceptor("hmac", """
                {"preset": "%s", "secretRef": {"secretName": "webhook", "secretKey": "token"}}""".formatted(preset));
        var secrets = Given.secrets(Map.of("webhook", stored));
        assertThat(interceptor.intercept(Given.event(BODY, sent), Given.extensions(), secrets))
                .isInstanceOf(Decision.Continue.class);
        assertThat(interceptor.intercept(Given.event(BODY + " ", sent), Given.extensions(), secrets))
                .isInstanceOf(Decision.Refused.class);
    }

    private static Map<String, String> headers(String headers, byte[] signature) {
        var sent = new HashMap<String, String>();
        Arrays.stream(headers.split(" ")).forEach(header -> {
            int colon = header.indexOf(':');
            sent.put(header.substring(0, colon), header.substring(colon + 1).replace("TIME", TIME)
                    .replace("HEX", HexFormat.of().formatHex(signature))
                    .replace("B64", Base64.getEncoder().encodeToString(signature)));
        });
        return sent;
    }
}
