package dev.bellhop.listener.source.cron;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.CronSourceSpec;
import dev.bellhop.engine.source.SpecSchema;
import dev.bellhop.spi.source.EventSourceType;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;

/// The source `cron`: see [CronSourceSpec].
public final class CronType implements EventSourceType {
    @Override
    public String name() {
        return "cron";
    }

    @Override
    public String description() {
        return "Events by the clock: on a schedule in a time zone, or at intervals.";
    }

    @Override
    public JsonNode schema() {
        return SpecSchema.of(CronSourceSpec.class);
    }

    @Override
    public List<String> problems(JsonNode spec) {
        return CronPlan.read(spec).problems();
    }

    @Override
    public RunningSource start(JsonNode spec, SourceContext context) {
        var read = CronPlan.read(spec);
        var source = new CronSource(read.plan().orElseThrow(() -> new IllegalArgumentException(
                "the controller takes no spec with these problems: " + read.problems())), context);
        source.start();
        return source;
    }
}
