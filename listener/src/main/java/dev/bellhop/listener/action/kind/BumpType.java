package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.action.BumpApplicationRevisionAction;
import dev.bellhop.api.action.NameSelector;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionResult.Failed;
import dev.bellhop.spi.action.Cluster.Method;
import dev.bellhop.spi.action.Cluster.Served;
import dev.bellhop.spi.action.Effect;

/// `bumpApplicationRevision`: raises the revision of KubeVela Applications by one. Each Application remembers for which events it
/// was raised last, so that a repeated try raises it no second time.
final class BumpType extends TypedAction<BumpApplicationRevisionAction> {
    private static final String KIND = "Application";
    private static final String VERSION = "app.oam.dev/publishVersion";
    private static final String RAISED_FOR = "bellhop.dev/raised-for";
    private static final int REMEMBERED = 10;

    BumpType() {
        super("bumpApplicationRevision", "Raises the revision of KubeVela Applications by one.",
                BumpApplicationRevisionAction.class);
    }

    @Override
    ActionResult act(BumpApplicationRevisionAction spec, ActionContext context) throws IOException {
        var apiVersion = Objects.requireNonNullElse(spec.apiVersion(), "core.oam.dev/v1beta1");
        var served = context.cluster().find(apiVersion, KIND);
        if (served.isEmpty()) {
            return Failed.passing("the API server serves no " + KIND + " of " + apiVersion);
        }
        var event = EventObject.of(context);
        var namespace = Objects.requireNonNullElseGet(spec.namespace(), () -> event.namespaceOrOwn(context));
        var selector = Objects.requireNonNullElse(spec.nameSelector(), new NameSelector(null, null));
        if (selector.matchingLabels() != null && !selector.matchingLabels().isEmpty()) {
            return all(served.get(), apiVersion, namespace, selector.matchingLabels(), context);
        }
        var label = selector.fromLabel();
        var name = label == null ? event.name() : event.label(label);
        if (name.isEmpty()) {
            return Failed.lasting(label == null
                    ? "the body of the event is no object with a name; say which Application with nameSelector"
                    : "the event's object has no label '" + label + "', which names the Application");
        }
        return raiseAll(List.of(new Target(served.get(), apiVersion, KIND, namespace, name)), context);
    }

    private static ActionResult all(Served served, String apiVersion, String namespace, Map<String, String> labels,
            ActionContext context) throws IOException {
        var selector = labels.entrySet().stream().map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        var query = "?labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8);
        var listed = context.cluster().ask(Method.GET, served.collection(namespace) + query, Optional.empty());
        if (!listed.isGood()) {
            return listed.failed("listing the Applications of " + namespace + " with " + selector + " as "
                    + context.cluster().actsAs());
        }
        var targets = new ArrayList<Target>();
        for (var item : listed.body().path("items")) {
            targets.add(new Target(served, apiVersion, KIND, namespace, item.path("metadata").path("name").asText()));
        }
        return targets.isEmpty()
                ? new ActionResult.Skipped("no Application of " + namespace + " has the labels " + selector)
                : raiseAll(targets, context);
    }

    private static ActionResult raiseAll(List<Target> targets, ActionContext context) throws IOException {
        var effects = new ArrayList<>(context.earlier());
        for (var target : targets) {
            if (effects.stream().anyMatch(effect -> effect.name().equals(target.name()))) {
                continue;
            }
            var raise = new Raise(context.idempotencyKey());
            var answer = Race.run(target, context, raise);
            if (!answer.isGood()) {
                return target.failed("raising the revision of", answer, context);
            }
            effects.add(raise.isSkipped()
                    ? new Effect("skipped", target.apiVersion(), KIND, target.namespace(), target.name(), "")
                    : target.effect("raised", answer.body()));
            context.progress(effects);
        }
        return new Done(effects);
    }

    /// What of an Application changes.
    private static final class Raise implements Race.Change {
        private final String key;
        private boolean skipped;

        Raise(String key) {
            this.key = key;
        }

        /// Whether the Application has no revision that is a number.
        boolean isSkipped() {
            return skipped;
        }

        @Override
        public Optional<ObjectNode> of(JsonNode application) {
            var annotations = application.path("metadata").path("annotations");
            var version = annotations.path(VERSION).asText("");
            var raisedFor = new ArrayList<>(Arrays.asList(annotations.path(RAISED_FOR).asText("").split(",")));
            raisedFor.removeIf(String::isBlank);
            skipped = !version.matches("[+-]?\\d{1,100}");
            if (skipped || raisedFor.contains(key)) {
                return Optional.empty();
            }
            raisedFor.add(key);
            var remembered = raisedFor.subList(Math.max(0, raisedFor.size() - REMEMBERED), raisedFor.size());
            var patch = JsonNodeFactory.instance.objectNode();
            patch.withObjectProperty("metadata").withObjectProperty("annotations")
                    .put(VERSION, new BigInteger(version).add(BigInteger.ONE).toString())
                    .put(RAISED_FOR, String.join(",", remembered));
            return Optional.of(patch);
        }
    }
}
