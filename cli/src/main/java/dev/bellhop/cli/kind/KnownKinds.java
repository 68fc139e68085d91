package dev.bellhop.cli.kind;

import dev.bellhop.engine.source.SourceTypes;
import dev.bellhop.listener.source.KnownSources;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/// The kinds of event source that this program has, for commands that look at specs and start none of them.
public final class KnownKinds {
    private static final class Sources {
        /// The client is of no cluster, and is never used.
        private static final SourceTypes TYPES = KnownSources
                .of(new KubernetesClientBuilder().withConfig(Config.empty()).build());
    }

    private KnownKinds() {}

    /// The kinds of event source; made when they are asked for first.
    public static SourceTypes sources() {
        return Sources.TYPES;
    }
}
