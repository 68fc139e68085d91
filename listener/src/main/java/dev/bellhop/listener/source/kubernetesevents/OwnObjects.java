package dev.bellhop.listener.source.kubernetesevents;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.source.kubernetesevents.ObservedEvent;
import dev.bellhop.engine.source.resource.WatchedObject;
import dev.bellhop.listener.source.kube.Refusal;
import dev.bellhop.listener.source.kube.SingleObjects;

/// Whether objects were made by Bellhop, or belong to one that was, such as the Pods of a Job. An Event does not say, so the object
/// is read, and its owners; what was found is remembered for a while. Used by one thread.
final class OwnObjects {
    private static final int MOST_OWNERS = 5;
    private static final int MOST_REMEMBERED = 10_000;

    private final SingleObjects objects;
    private final Map<String, Origin> remembered = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Origin> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /// Where an object comes from.
    sealed interface Origin {
        /// Bellhop made it, so many actions after the first event.
        record Own(int hops) implements Origin {}

        /// Somebody else made it, or it is gone and nobody knows.
        record Others() implements Origin {}

        /// It may not be read.
        record Unknown(String why) implements Origin {}
    }

    OwnObjects(SingleObjects objects) {
        this.objects = objects;
    }

    /// Where the object that `event` is about comes from.
    ///
    /// @throws IOException when the cluster cannot be reached
    Origin of(ObservedEvent event) throws IOException, InterruptedException {
        var uid = event.regarding("uid");
        var known = remembered.get(uid);
        if (known != null && !uid.isEmpty()) {
            return known;
        }
        Origin origin;
        try {
            origin = find(event);
        } catch (Refusal e) {
            if (e.status() != 403) {
                throw e;
            }
            return new Origin.Unknown(String.valueOf(e.getMessage()));
        }
        if (!uid.isEmpty()) {
            remembered.put(uid, origin);
        }
        return origin;
    }

    private Origin find(ObservedEvent event) throws IOException, InterruptedException {
        var namespace = event.regarding("namespace");
        var next = Optional.<JsonNode>of(event.regarding());
        for (int i = 0; i < MOST_OWNERS && next.isPresent(); i++) {
            var reference = next.get();
            var found = objects.get(reference.path("apiVersion").asText("v1"), reference.path("kind").asText(),
                    namespace,
                    reference.path("name").asText());
            if (found.isEmpty()) {
                return new Origin.Others();
            }
            var object = WatchedObject.of(found.get());
            if (object.isBellhops()) {
                return new Origin.Own(Math.max(1, object.hops()));
            }
            next = owner(found.get());
        }
        return new Origin.Others();
    }

    private static Optional<JsonNode> owner(ObjectNode object) {
        for (var owner : object.at("/metadata/ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return Optional.of(owner);
            }
        }
        var owners = object.at("/metadata/ownerReferences");
        return owners.isEmpty() ? Optional.empty() : Optional.of(owners.path(0));
    }
}
