package dev.bellhop.listener.source.kube;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.source.KindChoice;

/// Reads single objects of a cluster, of any kind, their metadata alone.
public final class SingleObjects {
    private static final String METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    private final Door door;
    private final Map<KindChoice, ServedKind> kinds = new ConcurrentHashMap<>();

    public SingleObjects(Door door) {
        this.door = door;
    }

    /// The object with its `metadata`; empty when there is none, or no such kind.
    ///
    /// @throws Refusal     when it may not be read
    /// @throws IOException when the cluster cannot be reached
    public Optional<ObjectNode> get(String apiVersion, String kind, String namespace, String name)
            throws IOException, InterruptedException {
        try {
            var api = door.api();
            var choice = new KindChoice.ByKind(apiVersion, kind);
            var known = Optional.ofNullable(kinds.get(choice));
            var served = known.isPresent() ? known : ServedKind.find(api, choice);
            if (served.isEmpty() || name.isEmpty()) {
                return Optional.empty();
            }
            kinds.put(choice, served.get());
            var path = served.get().collection(Optional.of(namespace).filter(text -> !text.isEmpty())) + "/" + name;
            return api.get(path, METADATA) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (Refusal e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            door.failed(e);
            throw e;
        }
    }
}
