package dev.bellhop.listener.action.kind;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionEvent;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.Answer;
import dev.bellhop.spi.action.Cluster;
import dev.bellhop.spi.action.Effect;
import dev.bellhop.spi.action.SecretValue;

/// An event for a Trigger `team-a/act`, and a cluster that answers every question the same way.
final class FakeContext implements ActionContext, Cluster {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    final List<String> asked = new ArrayList<>();
    List<Effect> earlier = List.of();
    private final JsonNode body;
    private final Answer answer;

    FakeContext(JsonNode body, Answer answer) {
        this.body = body;
        this.answer = answer;
    }

    @Override
    public String namespace() {
        return "team-a";
    }

    @Override
    public String trigger() {
        return "act";
    }

    @Override
    public String listener() {
        return "shared";
    }

    @Override
    public ActionEvent event() {
        return new ActionEvent("event-1", NOON, "kafka", "", "", body);
    }

    @Override
    public String idempotencyKey() {
        return "key-1";
    }

    @Override
    public List<Effect> earlier() {
        return earlier;
    }

    @Override
    public void progress(List<Effect> soFar) {
        earlier = List.copyOf(soFar);
    }

    @Override
    public Cluster cluster() {
        return this;
    }

    @Override
    public SecretValue secret(String name, String key) {
        return new SecretValue.Missing("Secret team-a/" + name + " does not exist");
    }

    @Override
    public Clock clock() {
        return Clock.fixed(NOON, ZoneOffset.UTC);
    }

    @Override
    public Optional<Served> find(String apiVersion, String kind) {
        return Optional.empty();
    }

    @Override
    public Answer ask(Method method, String path, Optional<Content> content) {
        asked.add(method + " " + path);
        return answer;
    }

    @Override
    public ActionResult create(ObjectNode object, String part) {
        throw new AssertionError("nothing is created");
    }

    @Override
    public String actsAs() {
        return "system:serviceaccount:team-a:maker";
    }
}
