package dev.bellhop.bench.micro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerSpec;
import dev.bellhop.api.TriggerTemplate;
import dev.bellhop.bench.stage.Push;
import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.secret.Secrets;
import dev.bellhop.engine.secret.Token;
import dev.bellhop.engine.trigger.Compilation;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.engine.trigger.Definition;
import dev.bellhop.engine.trigger.References;
import dev.bellhop.engine.trigger.TriggerCompiler;
import org.jspecify.annotations.Nullable;

/// One push as the listener sees it, and Triggers for it.
final class Sample {
    /// Knows the secret that [Push] signs with.
    static final Secrets SECRETS = _ -> new Secrets.Lookup.Found(
            Token.of(Push.SECRET.getBytes(StandardCharsets.UTF_8)));

    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Sample() {}

    /// The push itself.
    static Push push() {
        return new Push.Maker(Path.of(Objects.requireNonNull(System.getProperty("bellhop.root"))))
                .of("%040x".formatted(1));
    }

    /// The event that it becomes.
    static Event event() {
        var push = push();
        var headers = Headers
                .of(Map.of("Content-Type", "application/json", "X-Github-Event", "push", "X-Github-Delivery", push.id(),
                        "X-Hub-Signature-256", push.signature(), "User-Agent", "GitHub-Hookshot/bench").entrySet());
        return switch (Body.parse(push.body())) {
            case Body.Parsed.Accepted(var body) ->
                new Event(EventId.at(Instant.EPOCH, new Random(1)), Instant.EPOCH, "POST", "/", headers, body);
            case Body.Parsed.NotAccepted(var why) -> throw new IllegalStateException(why);
        };
    }

    /// A Trigger with this spec, in YAML.
    static CompiledTrigger trigger(ObjectName name, String yaml) {
        try {
            var spec = JSON.treeToValue(YAML.readTree(yaml), TriggerSpec.class);
            var definition = new Definition(name, "uid of " + name, Map.of(), "spec", spec.serviceAccountName(),
                    spec.interceptors(), spec.conditions(),
                    spec.bindings(), spec.template(), spec.actions(), spec.delivery());
            return switch (new TriggerCompiler().compile(definition, new Nothing())) {
                case Compilation.Sound(var trigger, var _) -> trigger;
                case Compilation.Broken(var problems) -> throw new IllegalArgumentException(problems.toString());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(yaml, e);
        }
    }

    /// A Trigger whose filter wants pushes of one repository.
    static CompiledTrigger wanting(String repository, int number) {
        return trigger(new ObjectName("team-" + number % 10, "push-" + number),
                """
                        interceptors:
                        - ref: {name: cel}
                          params: [{name: filter, value: "body.repository.full_name == '%s'"}]
                        template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: push-}}]}}
                        """
                        .formatted(repository));
    }

    /// A cluster without bindings and templates to refer to.
    private static final class Nothing implements References {
        @Override
        public @Nullable Read<TriggerBinding> binding(ObjectName name) {
            return null;
        }

        @Override
        public @Nullable Read<ClusterTriggerBinding> clusterBinding(String name) {
            return null;
        }

        @Override
        public @Nullable Read<TriggerTemplate> template(ObjectName name) {
            return null;
        }
    }
}
