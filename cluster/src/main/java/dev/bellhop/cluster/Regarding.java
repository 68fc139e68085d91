package dev.bellhop.cluster;

import dev.bellhop.api.Bellhop;
import dev.bellhop.api.ObjectName;

/// The object that a Kubernetes Event is about. The Event appears in its namespace and under `kubectl describe` of it.
public record Regarding(String apiVersion, String kind, ObjectName name, String uid) {
    /// A Trigger of ours.
    public static Regarding trigger(ObjectName name, String uid) {
        return new Regarding(Bellhop.API_VERSION, "Trigger", name, uid);
    }

    /// An EventListener of ours.
    public static Regarding eventListener(ObjectName name, String uid) {
        return new Regarding(Bellhop.API_VERSION, "EventListener", name, uid);
    }
}
