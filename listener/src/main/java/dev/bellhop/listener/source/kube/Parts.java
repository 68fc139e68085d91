package dev.bellhop.listener.source.kube;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.bellhop.engine.source.KindChoice;
import dev.bellhop.engine.source.NamespaceChoice;
import dev.bellhop.engine.source.SelectorText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The clusters and namespaces that a source reads, each combination of them a part with a [Reflector] and a [Sink] of its own.
/// Namespaces that are chosen by their labels come and go.
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
    private static final KindChoice NAMESPACE = new KindChoice.ByKind("v1", "Namespace");
    /// A namespace that is deleted goes after all that was in it, but on another connection.
    private static final Duration LINGER = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(8);

    private final String home;
    private final NamespaceChoice namespaces;
    private final Fares fares;
    private final Plan plan;
    private final Map<String, Part> running = new HashMap<>();
    private final Map<String, Set<String>> wanted = new HashMap<>();
    private boolean closed;

    /// What is done with a part.
    interface Plan {
        /// Which objects of a namespace are read, or of all. `chosen` is whether the user named the namespace.
        Wanted wanted(Optional<String> namespace, boolean chosen);

        /// Where they go to. `isLate` is whether the part comes in while others are read already. May block.
        Sink open(Door door, String part, boolean isLate) throws InterruptedException;

        /// Nothing but these parts of `cluster` is read from now on, whatever was in earlier runs. May block.
        void retain(String cluster, Set<String> parts) throws InterruptedException;

        /// A part is not read any more. May block.
        void forget(String part) throws InterruptedException;
    }

    private record Part(Reflector reflector, Sink sink, Thread thread) {
        void stop() {
            reflector.stop();
            thread.interrupt();
        }

        void end() throws InterruptedException {
            stop();
            thread.join();
            // Whoever reads has written nothing since, and nothing is read any more.
            sink.close();
        }
    }

    /// `home` is the namespace of the EventSource.
    Parts(String home, NamespaceChoice namespaces, Fares fares, Plan plan) {
        this.home = home;
        this.namespaces = namespaces;
        this.fares = fares;
        this.plan = plan;
    }

    /// Begins to read `cluster`. Blocks while what is remembered is read.
    void begin(Door door) throws InterruptedException {
        switch (namespaces) {
            case NamespaceChoice.Own() -> set(door, List.of(Optional.of(home)), false);
            case NamespaceChoice.All() -> set(door, List.of(Optional.empty()), false);
            case NamespaceChoice.Named(var names) -> set(door, names.stream().map(Optional::of).toList(), true);
            case NamespaceChoice.Labelled(var names, var labels) -> {
                var name = door.cluster() + " namespaces";
                var sink = new Namespaces(labelled -> take(door, names, labelled));
                var reflector = new Reflector(door,
                        new Wanted(NAMESPACE, Optional.empty(), false, SelectorText.of(labels), true), sink,
                        fare -> fares.put(name, fare));
                start(name, reflector, sink);
            }
        }
    }

    private void take(Door door, List<String> named, Set<String> labelled) throws InterruptedException {
        var all = new HashSet<>(labelled);
        all.addAll(named);
        set(door, all.stream().sorted().map(Optional::of).toList(), true);
    }

    /// Reads these namespaces of the cluster from now on.
    private void set(Door door, List<Optional<String>> namespaces, boolean chosen) throws InterruptedException {
        var names = new HashSet<String>();
        namespaces.forEach(namespace -> names.add(name(door, namespace)));
        var before = replaceWanted(door.cluster(), names);
        if (before.isEmpty()) {
            plan.retain(door.cluster(), names);
        }
        for (var namespace : namespaces) {
            var name = name(door, namespace);
            if (!isRunning(name)) {
                var sink = plan.open(door, name, before.isPresent());
                start(name, new Reflector(door, plan.wanted(namespace, chosen), sink, fare -> fares.put(name, fare)),
                        sink);
            }
        }
        before.ifPresent(earlier -> earlier.stream().filter(name -> !names.contains(name))
                .forEach(name -> Thread.ofVirtual().start(() -> leave(door.cluster(), name))));
    }

    private static String name(Door door, Optional<String> namespace) {
        return door.cluster() + "/" + namespace.orElse("*");
    }

    private void leave(String cluster, String name) {
        try {
            Thread.sleep(LINGER);
            var part = removeUnwanted(cluster, name);
            if (part.isPresent()) {
                part.get().end();
                fares.remove(name);
                plan.forget(name);
            }
        } catch (InterruptedException e) {
            LOG.atDebug().addKeyValue("part", name).log("Interrupted while leaving a namespace");
        }
    }

    private synchronized Optional<Set<String>> replaceWanted(String cluster, Set<String> names) {
        return Optional.ofNullable(wanted.put(cluster, names));
    }

    private synchronized Optional<Part> removeUnwanted(String cluster, String name) {
        boolean unwanted = !closed && !wanted.getOrDefault(cluster, Set.of()).contains(name);
        return unwanted ? Optional.ofNullable(running.remove(name)) : Optional.empty();
    }

    private synchronized boolean isRunning(String name) {
        return running.containsKey(name);
    }

    private synchronized void start(String name, Reflector reflector, Sink sink) throws InterruptedException {
        if (closed) {
            throw new InterruptedException("the source is being closed");
        }
        fares.put(name, new Fare.Starting());
        running.put(name, new Part(reflector, sink, Thread.ofVirtual().name("watch " + name).start(reflector)));
    }

    /// Ends all, and waits for it, some seconds at most.
    @Override
    public void close() {
        List<Part> parts;
        synchronized (this) {
            closed = true;
            parts = List.copyOf(running.values());
            running.clear();
        }
        parts.forEach(Part::stop);
        var threads = parts.stream().map(part -> Thread.ofVirtual().start(() -> end(part))).toList();
        try {
            long deadline = System.nanoTime() + CLOSE.toNanos();
            for (var thread : threads) {
                if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                    thread.interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Part part) {
        try {
            part.end();
        } catch (InterruptedException e) {
            LOG.atDebug().log("A part did not end in time");
        }
    }
}
