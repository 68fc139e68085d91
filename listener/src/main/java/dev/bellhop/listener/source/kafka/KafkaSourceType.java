package dev.bellhop.listener.source.kafka;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.KafkaSourceSpec;
import dev.bellhop.listener.broker.FieldChecks;
import dev.bellhop.listener.broker.TypedFields;
import dev.bellhop.engine.source.SpecSchema;
import dev.bellhop.spi.source.EventSourceType;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;

/// Records of Kafka topics: [TopicReader] takes them.
public final class KafkaSourceType implements EventSourceType {
    private static final TypedFields<KafkaSourceSpec> FIELDS = new TypedFields<>(KafkaSourceSpec.class);

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
        var checks = new FieldChecks();
        FIELDS.read(spec, checks).ifPresent(fields -> KafkaSettings.of(fields, checks));
        return checks.problems();
    }

    @Override
    public RunningSource start(JsonNode spec, SourceContext context) {
        var checks = new FieldChecks();
        var settings = FIELDS.read(spec, checks).map(fields -> KafkaSettings.of(fields, checks));
        if (settings.isEmpty() || !checks.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", checks.problems()));
        }
        return TopicReader.start(settings.get(), context);
    }
}
