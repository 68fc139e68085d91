package dev.bellhop.listener.source.nats;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.NatsSourceSpec;
import dev.bellhop.engine.source.SpecSchema;
import dev.bellhop.listener.broker.Checked;
import dev.bellhop.spi.source.EventSourceType;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;

/// Messages of NATS: [SubjectReader] takes them as they pass by, [StreamReader] from a stream.
public final class NatsSourceType implements EventSourceType {
    @Override
    public String name() {
        return "nats";
    }

    @Override
    public String description() {
        return "Messages of a NATS subject, or of a JetStream stream.";
    }

    @Override
    public JsonNode schema() {
        return SpecSchema.of(NatsSourceSpec.class);
    }

    /// The queue group, or the durable consumer, gives each message to one of them.
    @Override
    public boolean runsOnEveryReplica() {
        return true;
    }

    @Override
    public List<String> problems(JsonNode spec) {
        return settings(spec).problems();
    }

    @Override
    public RunningSource start(JsonNode spec, SourceContext context) {
        var settings = settings(spec).sound();
        return settings.stream().isPresent()
                ? StreamReader.start(settings, settings.stream().get(), context)
                : SubjectReader.start(settings, context);
    }

    private static Checked<NatsSettings> settings(JsonNode spec) {
        return Checked.of(spec, NatsSourceSpec.class, NatsSettings::of);
    }
}
