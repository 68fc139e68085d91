package dev.bellhop.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.event.Origin;

/// Where senders say which event this is, so that one they send again is recognised. Only ids that stay the same when an
/// event is sent again, and are never given to two: taking two events for one would lose the second.
final class SenderIds {
    private static final int MAX_LENGTH = 256;

    /// The rules in the order in which they are asked; the first that finds an id counts. The documentation lists them.
    static final List<Rule> ALL = List.of(
            header("GitHub", "X-GitHub-Delivery"),
            header("Gitea", "X-Gitea-Delivery"),
            header("Forgejo", "X-Forgejo-Delivery"),
            header("Gogs", "X-Gogs-Delivery"),
            header("Bitbucket Cloud", "X-Request-UUID"),
            // Proxies give requests an id under this name too, so it counts with Bitbucket's own header and body only.
            withBody("Bitbucket Data Center", "X-Request-Id", "X-Event-Key"),
            header("Jira", "X-Atlassian-Webhook-Identifier"),
            header("Linear", "Linear-Delivery"),
            header("Shopify", "X-Shopify-Webhook-Id"),
            header("Sonatype Nexus", "X-Nexus-Webhook-Delivery"),
            header("AWS SNS", "x-amz-sns-message-id"),
            header("Standard Webhooks; GitLab with a signing token", "webhook-id"),
            header("Svix: Resend, Clerk, …", "svix-id"),
            new Rule("CloudEvents over HTTP", "`ce-source` and `ce-id`",
                    event -> joined(event.headers().first("ce-source"), event.headers().first("ce-id"))),
            new Rule("CloudEvents in the body", "`body.source` and `body.id`, if `Content-Type` is "
                    + "`application/cloudevents+json`",
                    event -> headerBegins(event, "Content-Type", "application/cloudevents+json")
                            ? joined(field(event, "/source"), field(event, "/id"))
                            : Optional.empty()),
            field("Stripe", "/id", "Stripe-Signature", ""),
            field("Slack", "/event_id", "X-Slack-Signature", ""),
            field("PagerDuty v3", "/event/id", "X-PagerDuty-Signature", ""),
            new Rule("Azure DevOps", "`body.id` and `body.notificationId`, if `User-Agent` begins with `VSServices/`",
                    event -> headerBegins(event, "User-Agent", "VSServices/")
                            ? joined(field(event, "/id"), field(event, "/notificationId"))
                            : Optional.empty()),
            field("Azure Container Registry", "/id", "User-Agent", "AzureContainerRegistry/"),
            header("GitLab, and whoever else sends it", "Idempotency-Key"),
            // GitLab gives all events that one webhook sets off in turn the same.
            withBody("GitLab before Idempotency-Key", "X-Gitlab-Event-UUID", "X-Gitlab-Event"));

    private SenderIds() {}

    /// Where one sender says it.
    ///
    /// @param sender for people
    /// @param place  for people, in Markdown
    /// @param find   the id, or nothing if the event is not this sender's
    record Rule(String sender, String place, Function<Event, Optional<String>> find) {}

    /// The id that the sender or the source of `event` gave it, with the name of its place; empty when it gave none.
    static Optional<String> of(Event event) {
        return switch (event.origin()) {
            case Origin.Http _ -> ofSender(event);
            case Origin.Sourced sourced -> Optional.of(Fingerprint.whenLonger(MAX_LENGTH, "source: " + sourced.id()));
        };
    }

    private static Optional<String> ofSender(Event event) {
        for (var rule : ALL) {
            var id = rule.find.apply(event);
            if (id.isPresent()) {
                return id.map(text -> Fingerprint.whenLonger(MAX_LENGTH, text));
            }
        }
        return Optional.empty();
    }

    private static Rule header(String sender, String name) {
        var canonical = Headers.canonical(name);
        return new Rule(sender, "`" + name + "`", event -> named(canonical, filled(event, canonical)));
    }

    private static Rule withBody(String sender, String name, String companion) {
        var canonical = Headers.canonical(name);
        return new Rule(sender, "`" + name + "` and the SHA-256 of the body, if `" + companion + "` is there",
                event -> filled(event, companion).flatMap(_ -> named(canonical, filled(event, canonical)))
                        .map(id -> id + " " + Fingerprint.of(event.body().bytes())));
    }

    private static Rule field(String sender, String pointer, String header, String prefix) {
        var place = "body" + pointer.replace('/', '.');
        return new Rule(sender, "`" + place + "`, if `" + header + "` "
                + (prefix.isEmpty() ? "is there" : "begins with `" + prefix + "`"),
                event -> headerBegins(event, header, prefix)
                        ? named(place + " of " + sender, field(event, pointer))
                        : Optional.empty());
    }

    private static Optional<String> named(String place, Optional<String> id) {
        return id.map(text -> place + ": " + text);
    }

    private static Optional<String> joined(Optional<String> first, Optional<String> second) {
        var parts = Stream.of(first, second).flatMap(Optional::stream).filter(part -> !part.isEmpty()).toList();
        return parts.size() < 2
                ? Optional.empty()
                // With its length in front, the first part ends where it ends.
                : Optional.of(parts.getFirst().length() + " " + parts.stream().collect(Collectors.joining(" ")));
    }

    private static Optional<String> filled(Event event, String header) {
        return event.headers().first(header).filter(value -> !value.isEmpty());
    }

    private static boolean headerBegins(Event event, String header, String prefix) {
        return filled(event, header).filter(value -> value.startsWith(prefix)).isPresent();
    }

    private static Optional<String> field(Event event, String pointer) {
        return Optional.of(event.body().json().at(pointer)).filter(JsonNode::isValueNode).map(JsonNode::asText)
                .filter(text -> !text.isEmpty() && !text.equals("null"));
    }
}
