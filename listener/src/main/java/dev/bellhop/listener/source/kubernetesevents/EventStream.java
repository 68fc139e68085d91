package dev.bellhop.listener.source.kubernetesevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.engine.source.kubernetesevents.EventsSettings;
import dev.bellhop.engine.source.kubernetesevents.EventsSettings.Decision;
import dev.bellhop.engine.source.kubernetesevents.ObservedEvent;
import dev.bellhop.listener.source.kube.Fare;
import dev.bellhop.listener.source.kube.Scope;
import dev.bellhop.listener.source.kube.ServedKind;
import dev.bellhop.listener.source.kube.SingleObjects;
import dev.bellhop.listener.source.kube.Sink;
import dev.bellhop.listener.source.kube.WatchingSource.Opening;
import dev.bellhop.spi.source.Payload;
import dev.bellhop.spi.source.SourceContext;
import dev.bellhop.spi.source.SourceEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Events of one cluster and one namespace, or all. Remembers only how far it has read: Events come in the order of their
/// resourceVersions and are gone after an hour.
final class EventStream implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final long WRITE_EVERY = 1_000_000_000L;
    private static final long PAUSE_MILLIS = 1_000;

    private final EventsSettings settings;
    private final SourceContext context;
    private final Opening part;
    private final OwnObjects own;
    private final String key;
    private Optional<String> position;
    /// How far it has read in all, also when the server has forgotten the position.
    private Optional<String> reached;
    private String written;
    private long writtenAt = System.nanoTime();

    EventStream(EventsSettings settings, SourceContext context, Opening part) {
        this.settings = settings;
        this.context = context;
        this.part = part;
        own = new OwnObjects(new SingleObjects(part.door()));
        key = Scope.POSITION + part.name();
        reached = context.memory().get(key).map(bytes -> new String(bytes, UTF_8));
        position = reached;
        written = reached.orElse("");
    }

    @Override
    public Optional<String> position() {
        return position;
    }

    @Override
    public void listBegins(ServedKind kind) {
        // What is listed is compared with how far it has read.
    }

    @Override
    public void watchBegins(ServedKind kind) {
        // What is watched says itself what it is.
    }

    @Override
    public void listed(ObjectNode json) throws InterruptedException {
        var event = new ObservedEvent(json);
        boolean isNews = reached.isPresent()
                ? isAfter(event.resourceVersion(), reached.get())
                : event.createdAt().filter(at -> at.isAfter(part.since())).isPresent();
        if (isNews) {
            // Whether it is new or was only counted up nobody saw; the count tells.
            take(event, event.count() > 1);
        }
    }

    @Override
    public void listEnded(String resourceVersion) throws InterruptedException {
        passed(resourceVersion);
        write();
    }

    @Override
    public void added(ObjectNode json) throws InterruptedException {
        var event = new ObservedEvent(json);
        take(event, false);
        passed(event.resourceVersion());
    }

    @Override
    public void modified(ObjectNode json) throws InterruptedException {
        var event = new ObservedEvent(json);
        take(event, true);
        passed(event.resourceVersion());
    }

    @Override
    public void deleted(ObjectNode json) throws InterruptedException {
        passed(new ObservedEvent(json).resourceVersion());
    }

    @Override
    public void reached(String resourceVersion) throws InterruptedException {
        passed(resourceVersion);
        write();
    }

    @Override
    public void positionLost() {
        position = Optional.empty();
    }

    private void passed(String resourceVersion) throws InterruptedException {
        position = Optional.of(resourceVersion);
        reached = position;
        if (System.nanoTime() - writtenAt > WRITE_EVERY) {
            write();
        }
    }

    private void take(ObservedEvent event, boolean isSeries) throws InterruptedException {
        if (event.isBellhops()) {
            return;
        }
        var decision = settings.decide(event);
        if (!decision.accepted()) {
            drop(event, decision.toString());
            return;
        }
        if (isSeries && !settings.deliverSeries()) {
            drop(event, "series: it is only counted up");
            return;
        }
        switch (origin(event)) {
            case OwnObjects.Origin.Others _ -> bring(event, decision, 0);
            case OwnObjects.Origin.Own(var hops) -> {
                if (!settings.includeOwn()) {
                    drop(event, "Bellhop made the object that it is about");
                } else if (hops > settings.maxHops()) {
                    LOG.atWarn().addKeyValue("source", context.namespace() + "/" + context.name())
                            .addKeyValue("event", name(event)).addKeyValue("hops", hops)
                            .log("A loop ends here: an Event is not brought");
                    context.dropped("maxHops", name(event));
                } else {
                    bring(event, decision, hops);
                }
            }
            case OwnObjects.Origin.Unknown(var why) ->
                drop(event, "nobody knows whether Bellhop made the object", why);
        }
    }

    /// Tries for as long as it takes.
    private OwnObjects.Origin origin(ObservedEvent event) throws InterruptedException {
        while (true) {
            try {
                var origin = own.of(event);
                if (!(origin instanceof OwnObjects.Origin.Unknown(var why))) {
                    part.fares().remove(part.name() + " objects");
                    return origin;
                }
                if (settings.includeOwn()) {
                    // Whoever wants them all has asked for it.
                    return new OwnObjects.Origin.Others();
                }
                part.fares().put(part.name() + " objects", new Fare.Failing("Forbidden", "cluster "
                        + part.door().cluster() + ": " + why + ": Events about what Bellhop made are left out, and"
                        + " nobody knows which; allow it to get the objects, or set includeOwn: true"));
                return origin;
            } catch (IOException e) {
                LOG.atDebug().setCause(e).addKeyValue("event", name(event))
                        .log("The object that an Event is about cannot be read; trying again");
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void drop(ObservedEvent event, String rule) {
        drop(event, rule, "");
    }

    private void drop(ObservedEvent event, String rule, String more) {
        LOG.atDebug().addKeyValue("source", context.namespace() + "/" + context.name())
                .addKeyValue("event", name(event)).addKeyValue("why", rule).addKeyValue("more", more)
                .log("An Event is not brought");
        context.dropped(rule, name(event));
    }

    private static String name(ObservedEvent event) {
        return event.regarding("kind") + ":" + event.reason() + " " + event.regarding("namespace") + "/"
                + event.regarding("name");
    }

    private void bring(ObservedEvent event, Decision decision, int hops) throws InterruptedException {
        var facts = new HashMap<String, JsonNode>();
        facts.put("cluster", TextNode.valueOf(part.door().cluster()));
        facts.put("rule", TextNode.valueOf(decision.toString()));
        for (var field : new String[]{"apiVersion", "kind", "namespace", "name", "uid"}) {
            facts.put(field, TextNode.valueOf(event.regarding(field)));
        }
        facts.put("reason", TextNode.valueOf(event.reason()));
        facts.put("message", TextNode.valueOf(event.message()));
        facts.put("severity", TextNode.valueOf(event.type()));
        facts.put("component", TextNode.valueOf(event.component()));
        facts.put("count", IntNode.valueOf(event.count()));
        facts.put("hops", IntNode.valueOf(hops));
        var object = event.regarding("uid").isEmpty() ? event.uid() : event.regarding("uid");
        var namespace = event.regarding("namespace");
        var body = event.json();
        if (body.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        part.courier().send(object, reached.orElse(""), new SourceEvent(
                String.join("/", part.door().cluster(), event.uid(), event.resourceVersion()),
                event.regarding("kind") + ":" + event.reason(),
                namespace.isEmpty() ? event.regarding("name") : namespace + "/" + event.regarding("name"),
                event.happenedAt().orElseGet(context.clock()::instant), facts, Map.of(), Payload.of(body),
                Optional.empty(), remember()));
    }

    private Map<String, Optional<byte[]>> remember() {
        var settled = reached.map(part.courier()::settled).orElse("");
        return settled.isEmpty() ? Map.of() : Map.of(key, Optional.of(settled.getBytes(UTF_8)));
    }

    private static boolean isAfter(String version, String other) {
        return version.matches("\\d{1,18}") && other.matches("\\d{1,18}")
                && Long.parseLong(version) > Long.parseLong(other);
    }

    /// Remembers how far everything is kept. Blocks until it is on disk; tries for as long as it takes.
    private void write() throws InterruptedException {
        var settled = reached.map(part.courier()::settled).orElse("");
        while (!settled.isEmpty() && !settled.equals(written)) {
            try {
                context.memory().put(Map.of(key, Optional.of(settled.getBytes(UTF_8)))).toCompletableFuture().get();
                written = settled;
            } catch (ExecutionException e) {
                LOG.atWarn().setCause(e).addKeyValue("source", context.namespace() + "/" + context.name())
                        .log("What a source remembers could not be written; trying again");
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        writtenAt = System.nanoTime();
    }

    @Override
    public void close() throws InterruptedException {
        part.courier().close();
        write();
    }
}
