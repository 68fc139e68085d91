package dev.bellhop.cli.convert.draft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;

/// An EventListener that is being written.
public final class DoorDraft implements Feeder {
    private final ObjectNode json;
    private final ObjectNode spec;

    DoorDraft(String namespace, String name) {
        this.json = Output.empty(Bellhop.API_VERSION, "EventListener", namespace, name);
        this.spec = json.putObject("spec");
    }

    ObjectNode json() {
        return json;
    }

    @Override
    public String name() {
        return json.at("/metadata/name").asText();
    }

    @Override
    public void feed(String trigger) {
        var triggers = spec.withArray("triggers");
        if (triggers.valueStream().noneMatch(entry -> entry.path("triggerRef").asText().equals(trigger))) {
            triggers.addObject().put("triggerRef", trigger);
        }
    }
}
