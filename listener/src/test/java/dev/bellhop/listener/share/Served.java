package dev.bellhop.listener.share;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.EventListener;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader;
import dev.bellhop.api.Trigger;
import dev.bellhop.engine.catalog.CatalogCompiler;
import dev.bellhop.engine.catalog.Objects;
import dev.bellhop.engine.catalog.Stored;
import dev.bellhop.engine.source.SourceTypes;
import dev.bellhop.engine.trigger.TriggerCompiler;
import dev.bellhop.listener.journal.Lane;
import io.fabric8.kubernetes.client.CustomResource;

/// Triggers that an EventListener serves, for tests of what they may use.
final class Served {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private final Map<ObjectName, Stored<EventListener>> listeners = new HashMap<>();
    private final Map<ObjectName, Stored<Trigger>> triggers = new HashMap<>();

    /// By a listener whose `limits` are YAML in braces.
    Served(String limits) {
        var name = new ObjectName("desk", "shared");
        listeners.put(name, stored(name, EventListener.class,
                "{spec: {namespaceSelector: {matchNames: ['*']}, limits: " + limits + "}}"));
    }

    /// Adds a Trigger such as `team-a/push`; `spec` is YAML that follows its template.
    Served with(String trigger, String spec) {
        var name = lane(trigger).trigger();
        triggers.put(name, stored(name, Trigger.class, """
                {spec: {template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, \
                metadata: {generateName: made-}}]}} %s}}""".formatted(spec)));
        return this;
    }

    Rules rules() {
        return Rules.of(new CatalogCompiler(new TriggerCompiler(), SourceTypes.NONE)
                .compile(new Objects(listeners, triggers, Map.of(), Map.of(), Map.of(), Map.of(), Map.of())));
    }

    /// The lane of a Trigger such as `team-a/push`.
    static Lane lane(String trigger) {
        int slash = trigger.indexOf('/');
        return new Lane(new ObjectName(trigger.substring(0, slash), trigger.substring(slash + 1)), "uid of " + trigger);
    }

    private static <T extends CustomResource<?, ?>> Stored<T> stored(ObjectName name, Class<T> type, String yaml) {
        try {
            return new Stored<>(name, "uid of " + name, 1, "1", Map.of(), Map.of(),
                    ObjectReader.read(YAML.readValue(yaml, JsonNode.class), type));
        } catch (IOException e) {
            throw new UncheckedIOException(yaml, e);
        }
    }
}
