package dev.bellhop.listener.source.resource;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.engine.source.resource.Change;
import dev.bellhop.listener.source.kube.ServedKind;
import dev.bellhop.spi.source.Payload;
import dev.bellhop.spi.source.SourceEvent;
import org.jspecify.annotations.Nullable;

/// Makes an event out of a change.
final class ChangeEvent {
    private ChangeEvent() {}

    /// @param version  distinguishes this change from others of the same type of the object
    /// @param before   the object before an update
    /// @param initial  whether the object was there before the source was
    /// @param remember what to remember with the event
    static SourceEvent of(String cluster, @Nullable ServedKind kind, Change change, String version,
            Optional<ObjectNode> before, boolean initial, Clock clock, Map<String, Optional<byte[]>> remember) {
        var object = change.object();
        var facts = new HashMap<String, JsonNode>();
        facts.put("cluster", TextNode.valueOf(cluster));
        facts.put("namespace", TextNode.valueOf(object.namespace()));
        facts.put("name", TextNode.valueOf(object.name()));
        facts.put("uid", TextNode.valueOf(object.uid()));
        facts.put("resourceVersion", TextNode.valueOf(object.resourceVersion()));
        facts.put("hops", IntNode.valueOf(object.hops()));
        facts.put("initial", BooleanNode.valueOf(initial));
        if (kind != null) {
            facts.put("apiVersion", TextNode.valueOf(kind.apiVersion()));
            facts.put("kind", TextNode.valueOf(kind.kind()));
            facts.put("group", TextNode.valueOf(kind.group()));
            facts.put("version", TextNode.valueOf(kind.version()));
            facts.put("resource", TextNode.valueOf(kind.plural()));
        }
        return new SourceEvent(
                String.join("/", cluster, object.uid(), version, change.type().word()),
                change.type().word(),
                object.namespace().isEmpty() ? object.name() : object.namespace() + "/" + object.name(),
                change.happenedAt().orElseGet(clock::instant), facts, Map.of(), Payload.of(object.json()),
                before.map(old -> old), remember);
    }
}
