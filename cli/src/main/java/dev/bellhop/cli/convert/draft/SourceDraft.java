package dev.bellhop.cli.convert.draft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;

/// An EventSource that is being written.
public final class SourceDraft implements Feeder {
    private final ObjectNode json;
    private final ObjectNode spec;

    SourceDraft(String namespace, String name) {
        this.json = Output.empty(Bellhop.API_VERSION, "EventSource", namespace, name);
        this.spec = json.putObject("spec");
    }

    ObjectNode json() {
        return json;
    }

    /// As whom the cluster is read.
    public void serviceAccount(String account) {
        spec.put("serviceAccountName", account);
    }

    /// The fields of its one source: `cron`, `resource`, `kubernetesEvents`, `nats` or `kafka`.
    public ObjectNode of(String type) {
        return spec.withObject("/" + type);
    }

    @Override
    public String name() {
        return json.at("/metadata/name").asText();
    }

    @Override
    public void feed(String trigger) {
        var triggers = spec.withArray("triggers");
        if (triggers.valueStream().noneMatch(name -> name.asText().equals(trigger))) {
            triggers.add(trigger);
        }
    }
}
