package dev.bellhop.listener.source.resource;

import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.ResourceSourceSpec;
import dev.bellhop.engine.source.SpecSchema;
import dev.bellhop.engine.source.resource.ResourceSettings;
import dev.bellhop.listener.source.kube.Door;
import dev.bellhop.listener.source.kube.Wanted;
import dev.bellhop.listener.source.kube.WatchingSource;
import dev.bellhop.listener.source.kube.WatchingSource.Watching;
import dev.bellhop.spi.source.EventSourceType;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;

/// The source `resource`: the changes of Kubernetes objects of one kind.
public final class ResourceSource implements EventSourceType {
    private final Function<SourceContext, Door> own;

    /// `own` gives the way into the own cluster, with the rights of the EventSource's ServiceAccount.
    public ResourceSource(Function<SourceContext, Door> own) {
        this.own = own;
    }

    @Override
    public String name() {
        return "resource";
    }

    @Override
    public String description() {
        return "Brings the changes of Kubernetes objects of one kind, in this cluster or others.";
    }

    @Override
    public JsonNode schema() {
        return SpecSchema.of(ResourceSourceSpec.class);
    }

    @Override
    public List<String> problems(JsonNode spec) {
        return ResourceSettings.problems(spec);
    }

    @Override
    public RunningSource start(JsonNode spec, SourceContext context) {
        var settings = ResourceSettings.of(spec);
        var wanted = Wanted.of(settings.kind(), settings.labelSelector(), settings.metadataOnly());
        var scope = settings.kind() + "|" + settings.labelSelector() + "|" + settings.metadataOnly();
        return new WatchingSource(context, own.apply(context),
                new Watching(settings.kind().toString(), scope, wanted, settings.namespaces(), settings.clusters()),
                part -> new WatchedPart(settings, context, part))
                .start();
    }
}
