package dev.bellhop.listener.source.kube;

import java.util.ArrayList;
import java.util.List;

import dev.bellhop.engine.source.ClusterChoice;
import dev.bellhop.spi.source.SourceContext;

/// The ways into the clusters that one source reads.
final class Doors implements AutoCloseable {
    private final List<Door> doors = new ArrayList<>();
    private final List<RemoteCluster> remote = new ArrayList<>();

    /// `own` leads into the EventSource's own cluster; for the others there are Secrets.
    Doors(List<ClusterChoice> clusters, Door own, SourceContext context) {
        for (var cluster : clusters) {
            if (cluster.secret().isEmpty()) {
                doors.add(own);
            } else {
                var door = new RemoteCluster(cluster,
                        key -> context.secret(cluster.secret().get(), key));
                doors.add(door);
                remote.add(door);
            }
        }
    }

    /// All of them, in the order of the spec.
    List<Door> open() {
        return List.copyOf(doors);
    }

    @Override
    public void close() {
        remote.forEach(RemoteCluster::close);
    }
}
