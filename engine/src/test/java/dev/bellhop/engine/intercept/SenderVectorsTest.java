package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.secret.SecretRef;
import org.junit.jupiter.api.Test;

/// The examples that senders publish of their signatures. Some bodies are no JSON, so the signature is asked directly.
class SenderVectorsTest {
    private static final String GITHUB_SECRET = "It's a Secret to Everybody";

    @Test
    void github() {
        verify("github", GITHUB_SECRET, "Hello, World!", Map.of("X-Hub-Signature-256",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));
    }

    @Test
    void bitbucket() {
        verify("bitbucket", GITHUB_SECRET, "Hello World!", Map.of("X-Hub-Signature",
                "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"));
    }

    @Test
    void svix() {
        verify("svix", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
                "{\"email\":\"test@example.com\",\"username\":\"test_user\"}",
                Map.of("svix-id", "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", "svix-timestamp", "1649367553", "svix-signature",
                        "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="));
    }

    @Test
    void svixAmongOtherSignaturesAndWithoutThePrefixOfTheSecret() {
        verify("standard-webhooks", "C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
                "{\"email\":\"test@example.com\",\"username\":\"test_user\"}",
                Map.of("webhook-id", "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", "webhook-timestamp", "1649367553",
                        "webhook-signature", "v1a,AAAA v1,AAAA v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw= v2,x"));
    }

    @Test
    void slack() {
        verify("slack", "8f742231b10e8888abcd99yyyzzz85a5",
                "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                        + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F"
                        + "96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
                Map.of("X-Slack-Request-Timestamp", "1531420618", "X-Slack-Signature",
                        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"));
    }

    private static void verify(String preset, String secret, String body, Map<String, String> headers) {
        var secrets = Given.secrets(Map.of("webhook", secret));
        var signature = new HmacSignature(Presets.find(preset).orElseThrow().scheme(),
                new WebhookSecrets(List.of(new SecretRef("team-a", "webhook", "token"))));
        var sent = Headers.of(headers.entrySet());
        assertThat(signature.unsigned("hmac", sent, body.getBytes(StandardCharsets.UTF_8), secrets)).isEmpty();
        assertThat(signature.unsigned("hmac", sent, (body + " ").getBytes(StandardCharsets.UTF_8), secrets)).get()
                .isInstanceOf(Decision.Refused.class);
    }
}
