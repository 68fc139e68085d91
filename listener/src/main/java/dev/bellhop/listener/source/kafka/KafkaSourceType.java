package dev.bellhop.listener.source.kafka;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.KafkaSourceSpec;
import dev.bellhop.engine.source.SpecSchema;
import dev.bellhop.listener.broker.Checked;
import dev.bellhop.spi.source.EventSourceType;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;

/// Records of Kafka topics: [TopicReader] takes them.
public final class KafkaSourceType implements EventSourceType {
    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String description() {
        return "Records of Kafka topics, through a consumer group.";
    }

    @Override
    public JsonNode schema() {
        return SpecSchema.of(KafkaSourceSpec.class);
    }

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
        return TopicReader.start(settings(spec).sound(), context);
    }

    private static Checked<KafkaSettings> settings(JsonNode spec) {
        return Checked.of(spec, KafkaSourceSpec.class, KafkaSettings::of);
    }
}
