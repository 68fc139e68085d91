package dev.bellhop.listener.source.kube;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

import dev.bellhop.engine.source.ClusterChoice;
import dev.bellhop.engine.source.NamespaceChoice;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A source that runs: what it remembers, and the parts that it reads.
public final class WatchingSource implements RunningSource, Parts.Plan {
    private static final Logger LOG = LoggerFactory.getLogger(WatchingSource.class);
    private static final int MOST_UNANSWERED = 500;
    private static final long PAUSE_MILLIS = 2_000;

    private final SourceContext context;
    private final Watching watching;
    private final Opener opener;
    private final Doors doors;
    private final Fares fares;
    private final Parts parts;
    private final Semaphore room = new Semaphore(MOST_UNANSWERED);
    private final Thread starter;
    private volatile Instant since = Instant.MAX;

    /// What a source watches.
    ///
    /// @param what       in words
    /// @param scope      what its memory is about: when it differs from the last run's, that is forgotten
    /// @param wanted     the objects, but for their namespace
    /// @param namespaces in which they are
    /// @param clusters   in which they are
    public record Watching(String what, String scope, Wanted wanted, NamespaceChoice namespaces,
            List<ClusterChoice> clusters) {}

    /// A part that begins to be read.
    ///
    /// @param door    into its cluster
    /// @param name    of the part
    /// @param courier for its events
    /// @param fares   to tell of what is wrong besides reading
    /// @param since   when the source was started for the first time
    /// @param isLate  whether it comes in while others are read already
    public record Opening(Door door, String name, Courier courier, Fares fares, Instant since, boolean isLate) {}

    /// Makes the sink of a part.
    public interface Opener {
        /// Where the objects of a part go to. May block.
        Sink open(Opening opening);
    }

    /// `own` leads into the own cluster.
    public WatchingSource(SourceContext context, Door own, Watching watching, Opener opener) {
        this.context = context;
        this.watching = watching;
        this.opener = opener;
        doors = new Doors(watching.clusters, own, context);
        fares = new Fares(context, watching.what, namedClusters(watching));
        parts = new Parts(context.namespace(), watching.namespaces, fares, this);
        starter = Thread.ofVirtual().name("watch " + context.namespace() + "/" + context.name()).unstarted(this::begin);
    }

    /// Begins to read; returns at once.
    public WatchingSource start() {
        starter.start();
        return this;
    }

    private void begin() {
        try {
            while (!isBegun()) {
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            LOG.atDebug().addKeyValue("source", context.namespace() + "/" + context.name())
                    .log("Closed before it began");
        }
    }

    private boolean isBegun() throws InterruptedException {
        try {
            since = Scope.enter(context, watching.scope);
            var clusters = watching.clusters.stream().map(ClusterChoice::name).collect(Collectors.toSet());
            Scope.retain(context, part -> clusters.contains(cluster(part)));
        } catch (ExecutionException | IllegalStateException e) {
            LOG.atWarn().setCause(e).addKeyValue("source", context.namespace() + "/" + context.name())
                    .log("What a source remembers cannot be reached; trying again");
            fares.put("memory", new Fare.Failing("NoMemory", "what it remembers cannot be reached: " + e.getMessage()));
            return false;
        }
        fares.remove("memory");
        for (var door : doors.open()) {
            parts.begin(door);
        }
        return true;
    }

    @Override
    public Wanted wanted(Optional<String> namespace, boolean chosen) {
        return watching.wanted.in(namespace, chosen);
    }

    @Override
    public Sink open(Door door, String part, boolean isLate) {
        return opener.open(new Opening(door, part, new Courier(context, room), fares, since, isLate));
    }

    @Override
    public void retain(String cluster, Set<String> names) throws InterruptedException {
        try {
            Scope.retain(context, part -> !cluster(part).equals(cluster) || names.contains(part));
        } catch (ExecutionException e) {
            LOG.atWarn().setCause(e).addKeyValue("source", context.namespace() + "/" + context.name())
                    .log("What is not watched any more could not be forgotten");
        }
    }

    @Override
    public void forget(String part) throws InterruptedException {
        try {
            Scope.forget(context, part);
        } catch (ExecutionException e) {
            LOG.atWarn().setCause(e).addKeyValue("source", context.namespace() + "/" + context.name())
                    .addKeyValue("part", part).log("What is not watched any more could not be forgotten");
        }
    }

    /// The clusters that the EventSource names; none when it means its own.
    private static Set<String> namedClusters(Watching watching) {
        boolean isOwnAlone = watching.clusters.size() == 1 && watching.clusters.getFirst().secret().isEmpty();
        return isOwnAlone
                ? Set.of()
                : watching.clusters.stream().map(ClusterChoice::name).collect(Collectors.toSet());
    }

    private static String cluster(String part) {
        return part.substring(0, part.indexOf('/'));
    }

    @Override
    public void close() {
        starter.interrupt();
        parts.close();
        doors.close();
    }
}
