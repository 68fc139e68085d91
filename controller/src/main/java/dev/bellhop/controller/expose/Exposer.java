package dev.bellhop.controller.expose;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.expose.Exposure;

/// Whoever is exposed.
///
/// @param kind `EventListener` or `Trigger`
public record Exposer(String kind, ObjectName name, String uid, Exposure exposure) {
    /// The name of the object that leads to it: that of the Trigger, so that an EventListener's needs another.
    String objectName() {
        return isOne() ? name.name() : "el-" + name.name();
    }

    /// Whether it is one Trigger. Then the gateway must let through nothing but its path: the listener has others, of other teams.
    boolean isOne() {
        return kind.equals("Trigger");
    }
}
