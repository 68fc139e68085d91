package dev.bellhop.bench.micro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.engine.trigger.Made;
import org.openjdk.jmh.annotations.Benchmark;

/// Making a ConfigMap of a push: three values bound, one template rendered.
public class MakeBenchmark extends Benchmarks {
    private final Event event = Sample.event();
    private final ObjectNode extensions = JsonNodeFactory.instance.objectNode();
    private final CompiledTrigger trigger = Sample.trigger(new ObjectName("team", "push"), """
            bindings:
            - {name: id, value: $(body.head_commit.id)}
            - {name: repository, value: $(body.repository.full_name)}
            - {name: author, value: $(body.pusher.name)}
            template:
              spec:
                params: [{name: id}, {name: repository}, {name: author}]
                resourcetemplates:
                - apiVersion: v1
                  kind: ConfigMap
                  metadata: {generateName: push-}
                  data: {id: $(tt.params.id), repository: $(tt.params.repository), author: $(tt.params.author)}
            """);
    private final ObjectNode made = made();

    @Benchmark
    public Made bindAndRender() {
        return trigger.make(event, extensions, "uid");
    }

    /// Any rendering has to make the tree at least once.
    @Benchmark
    public JsonNode baselineCopy() {
        return made.deepCopy();
    }

    private ObjectNode made() {
        return switch (trigger.make(event, extensions, "uid")) {
            case Made.Work(var resources, var _) -> resources.getFirst();
            case Made.Failed(var step, var why) -> throw new IllegalStateException(step + ": " + why);
        };
    }
}
