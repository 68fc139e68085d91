package dev.bellhop.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.engine.event.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderIdsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "x-github-delivery=1 | {} | X-Github-Delivery: 1",
            "X-Gitea-Delivery=1 | {} | X-Gitea-Delivery: 1",
            "X-Forgejo-Delivery=1 | {} | X-Forgejo-Delivery: 1",
            "X-Gogs-Delivery=1 | {} | X-Gogs-Delivery: 1",
            "X-Request-UUID=1 | {} | X-Request-Uuid: 1",
            "X-Atlassian-Webhook-Identifier=1 | {} | X-Atlassian-Webhook-Identifier: 1",
            "Linear-Delivery=1 | {} | Linear-Delivery: 1",
            "X-Shopify-Webhook-Id=1 | {} | X-Shopify-Webhook-Id: 1",
            "X-Nexus-Webhook-Delivery=1 | {} | X-Nexus-Webhook-Delivery: 1",
            "x-amz-sns-message-id=1 | {} | X-Amz-Sns-Message-Id: 1",
            "webhook-id=1;Idempotency-Key=2 | {} | Webhook-Id: 1",
            "svix-id=1 | {} | Svix-Id: 1",
            "ce-source=/a b;ce-id=1 | {} | 4 /a b 1",
            "Content-Type=application/cloudevents+json; charset=utf-8 | {source: /a, id: 1} | 2 /a 1",
            "Stripe-Signature=t=1 | {id: evt_1} | body.id of Stripe: evt_1",
            "X-Slack-Signature=v0 | {event_id: Ev1} | body.event_id of Slack: Ev1",
            "X-PagerDuty-Signature=v1 | {event: {id: 1}} | body.event.id of PagerDuty v3: 1",
            "User-Agent=VSServices/1.0 | {id: a, notificationId: 7} | 1 a 7",
            "User-Agent=AzureContainerRegistry/1.0 | {id: a} | body.id of Azure Container Registry: a",
            "Idempotency-Key=1;X-Gitlab-Event-UUID=2;X-Gitlab-Event=Push Hook | {} | Idempotency-Key: 1",
            "X-GitHub-Delivery=;Idempotency-Key=1 | {} | Idempotency-Key: 1",
    })
    void findsTheIdOfTheSender(String headers, String body, String id) {
        assertThat(SenderIds.of(event(headers, body))).contains(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "User-Agent=curl | {id: 1}", "ce-id=1 | {}", "ce-source=/a | {}", "X-Request-Id=1 | {}",
            "X-Gitlab-Event-UUID=1 | {}", "Stripe-Signature=t=1 | {}", "Stripe-Signature=t=1 | {id: {a: b}}",
            "X-Slack-Signature=v0 | {event_id: null}", "Content-Type=application/json | {source: a, id: b}",
            "User-Agent=VSServices/1.0 | {id: a}", "X-GitHub-Delivery= | {}"})
    void findsNoneWhereNoneIs(String headers, String body) {
        assertThat(SenderIds.of(event(headers, body))).isEmpty();
    }

    @Test
    void anIdThatSeveralEventsMayShareCountsWithTheBody() {
        for (var headers : List.of("X-Request-Id=1;X-Event-Key=repo:push",
                "X-Gitlab-Event-UUID=1;X-Gitlab-Event=Push Hook")) {
            var first = SenderIds.of(event(headers, "{a: 1}"));
            assertThat(first).isPresent().isEqualTo(SenderIds.of(event(headers, "{a: 1}")))
                    .isNotEqualTo(SenderIds.of(event(headers, "{a: 2}")));
        }
    }

    @Test
    void aLongIdIsStoredAsItsFingerprint() {
        var id = SenderIds.of(event("Idempotency-Key=" + "a".repeat(8000), "{}")).orElseThrow();
        assertThat(id).startsWith("sha256:").hasSize(71);
        assertThat(SenderIds.of(event("Idempotency-Key=" + "a".repeat(8001), "{}"))).isNotEqualTo(Optional.of(id));
    }

    @Test
    void everyRuleIsTold() {
        var told = new ArrayList<String>();
        SenderIds.ALL.forEach(rule -> told.add(rule.sender()));
        assertThat(told).doesNotHaveDuplicates();
    }

    private static Event event(String headers, String body) {
        Map<String, String> map = new LinkedHashMap<>();
        for (var header : headers.split(";(?! )")) {
            int equals = header.indexOf('=');
            map.put(header.substring(0, equals), header.substring(equals + 1));
        }
        return Policies.event(Policies.read(body, JsonNode.class).toString(), map);
    }
}
