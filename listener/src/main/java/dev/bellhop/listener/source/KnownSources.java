package dev.bellhop.listener.source;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

import dev.bellhop.engine.source.SourceTypes;
import dev.bellhop.listener.source.cron.CronType;
import dev.bellhop.listener.source.kafka.KafkaSourceType;
import dev.bellhop.listener.source.nats.NatsSourceType;
import dev.bellhop.listener.source.kube.BearerToken;
import dev.bellhop.listener.source.kube.OwnCluster;
import dev.bellhop.listener.source.kubernetesevents.KubernetesEventsSource;
import dev.bellhop.listener.source.remote.RemoteType;
import dev.bellhop.listener.source.resource.ResourceSource;
import dev.bellhop.spi.source.EventSourceType;
import io.fabric8.kubernetes.client.KubernetesClient;

/// The kinds of event source that exist: those that come with Bellhop, and the plug-ins on the class path.
public final class KnownSources {
    private KnownSources() {}

    /// For a process that looks at specs and runs none of them.
    public static SourceTypes of(KubernetesClient client) {
        return of(client, RemoteType.checking());
    }

    /// Those that come with Bellhop reach the cluster through `client`, each as the ServiceAccount of its EventSource; plug-ins
    /// behind a URL are reached by `remote`.
    public static SourceTypes of(KubernetesClient client, RemoteType remote) {
        var config = client.getConfiguration();
        var cluster = new OwnCluster(config, new BearerToken(config, Clock.systemUTC()));
        return new SourceTypes(List.of(new CronType(), new ResourceSource(cluster::as),
                new KubernetesEventsSource(cluster::as), new NatsSourceType(), new KafkaSourceType()),
                ServiceLoader.load(EventSourceType.class).stream().map(ServiceLoader.Provider::get).toList(),
                Optional.of(remote));
    }
}
