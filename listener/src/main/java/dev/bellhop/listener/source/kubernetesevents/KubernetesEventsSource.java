package dev.bellhop.listener.source.kubernetesevents;

import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.KubernetesEventsSourceSpec;
import dev.bellhop.engine.source.SpecSchema;
import dev.bellhop.engine.source.kubernetesevents.EventsSettings;
import dev.bellhop.listener.source.kube.Door;
import dev.bellhop.listener.source.kube.Wanted;
import dev.bellhop.listener.source.kube.WatchingSource;
import dev.bellhop.listener.source.kube.WatchingSource.Watching;
import dev.bellhop.spi.source.EventSourceType;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;

/// The source `kubernetesEvents`: Kubernetes' own Events, as rules decide.
public final class KubernetesEventsSource implements EventSourceType {
    private final Function<SourceContext, Door> own;

    /// `own` gives the way into the own cluster, with the rights of the EventSource's ServiceAccount.
    public KubernetesEventsSource(Function<SourceContext, Door> own) {
        this.own = own;
    }

    @Override
    public String name() {
        return "kubernetesEvents";
    }

    @Override
    public String description() {
        return "Brings Kubernetes' own Events, such as Pod:BackOff, as ordered rules decide.";
    }

    @Override
    public JsonNode schema() {
        return SpecSchema.of(KubernetesEventsSourceSpec.class);
    }

    @Override
    public List<String> problems(JsonNode spec) {
        return EventsSettings.problems(spec);
    }

    @Override
    public RunningSource start(JsonNode spec, SourceContext context) {
        var settings = EventsSettings.of(spec);
        return new WatchingSource(context, own.apply(context),
                new Watching("Events of " + settings.kind().path(), settings.kind().toString(),
                        Wanted.of(settings.kind(), "", false), settings.namespaces(), settings.clusters()),
                part -> new EventStream(settings, context, part)).start();
    }
}
