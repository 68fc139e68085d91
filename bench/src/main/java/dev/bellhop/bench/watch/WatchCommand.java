package dev.bellhop.bench.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.bellhop.api.EventSource;
import dev.bellhop.bench.stage.ListenerProcess;
import dev.bellhop.bench.stage.ProcessUsage;
import dev.bellhop.bench.stage.Stage;
import io.fabric8.kubernetes.client.Config;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/// `bench/run watch`: what a listener needs that watches many objects which change often, and whether a restart makes it repeat or
/// miss a change. Its Trigger filters every event, so that only the watch is measured.
@Command(name = "watch", description = "Watches many ConfigMaps that change; tells CPU and memory, and counts what is brought over a restart.", mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<Integer> {
    private static final String NAMESPACE = "bench-watched";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final String OBJECTS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: bench-watched}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: watcher, namespace: bench-watched}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: watcher, namespace: bench-watched}
            rules: [{apiGroups: [""], resources: [configmaps], verbs: [list, watch]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: watcher, namespace: bench-watched}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: watcher}
            subjects: [{kind: ServiceAccount, name: watcher, namespace: bench-watched}]
            ---
            apiVersion: bellhop.dev/v1alpha1
            kind: Trigger
            metadata: {name: none, namespace: bench-watched}
            spec:
              serviceAccountName: watcher
              interceptors: [{ref: {name: cel}, params: [{name: filter, value: "has(body.data) && body.data.value == 'none'"}]}]
              template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}]}}
            ---
            apiVersion: bellhop.dev/v1alpha1
            kind: EventSource
            metadata: {name: maps, namespace: bench-watched}
            spec:
              serviceAccountName: watcher
              triggers: [none]
              resource: {apiVersion: v1, kind: ConfigMap, metadataOnly: METADATA_ONLY}
            """;

    @Option(names = "--objects", defaultValue = "50000", description = "Watched (default: ${DEFAULT-VALUE}).")
    private int objects;

    @Option(names = "--rate", defaultValue = "1000", description = "Changes a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "30", description = "Of steady changes (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--changed", defaultValue = "10000", description = "Objects that change while the listener is down; a tenth each is deleted and added (default: ${DEFAULT-VALUE}).")
    private int changed;

    @Option(names = "--metadata-only", description = "Watches without bodies.")
    private boolean metadataOnly;

    @Option(names = "--cluster", defaultValue = "any", description = "Which API server: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Stage.Cluster cluster = Stage.Cluster.any;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var stage = Stage.open(cluster); var changes = new Changes(config(stage), NAMESPACE)) {
            System.out.println("On " + stage.remark() + ": " + objects + " ConfigMaps of about 1 KB"
                    + (metadataOnly ? ", metadata only" : ""));
            stage.create(OBJECTS.replace("METADATA_ONLY", Boolean.toString(metadataOnly)));
            boolean sound = before(stage, changes) && after(stage, changes);
            System.out.println(sound ? "Every change was brought once." : "THE WATCH BROKE ITS WORD");
            return sound ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private static Config config(Stage stage) {
        return stage.admin().getConfiguration();
    }

    /// All objects appear, then change steadily.
    private boolean before(Stage stage, Changes changes) throws IOException, InterruptedException {
        try (var listener = stage.listener("watch")) {
            listener.awaitReady();
            awaitConnected(stage);
            long idle = ProcessUsage.resident(listener.pid());
            for (int i = 0; i < objects; i++) {
                changes.create(i);
            }
            changes.await();
            boolean all = awaitBrought(listener, objects);
            long full = ProcessUsage.resident(listener.pid());
            tell("objects added", all, brought(listener), objects);
            System.out.printf(Locale.ROOT, "resident memory: %.0f MB before, %.0f MB with %d objects%n", idle / 1e6,
                    full / 1e6, objects);

            var cpu = ProcessUsage.cpu(listener.pid());
            long startedAt = System.nanoTime();
            long sent = changes.steadily(rate, seconds,
                    i -> changes.change(i % objects, Integer.toString(i / objects + 1)));
            // Metadata alone does not show that data changed, but for the version.
            boolean steady = awaitBrought(listener, objects + (metadataOnly ? 0 : sent));
            double took = (System.nanoTime() - startedAt) / 1e9;
            double cores = ProcessUsage.cpu(listener.pid()).minus(cpu).toMillis() / 1e3 / took;
            tell("steady changes", steady, brought(listener) - objects, sent);
            System.out.printf(Locale.ROOT, "%.0f changes/s, %.2f cores of the listener, %.0f MB%n", sent / took, cores,
                    ProcessUsage.resident(listener.pid()) / 1e6);
            listener.terminate(Duration.ofSeconds(40));
            return all && steady;
        }
    }

    /// What happened while nothing ran is brought when the listener is back, and nothing else.
    private boolean after(Stage stage, Changes changes) throws IOException, InterruptedException {
        int tenth = changed / 10;
        for (int i = 0; i < changed; i++) {
            changes.change(i, "while down");
        }
        changes.await();
        for (int i = 0; i < tenth; i++) {
            changes.delete(changed + i);
            changes.create(objects + i);
        }
        changes.await();
        try (var listener = stage.listener("watch")) {
            long startedAt = System.nanoTime();
            listener.awaitReady();
            long expected = (metadataOnly ? 0 : changed) + 2L * tenth;
            boolean all = awaitBrought(listener, expected);
            double took = (System.nanoTime() - startedAt) / 1e9;
            Thread.sleep(QUIET);
            long brought = brought(listener);
            tell("over a restart", all && brought == expected, brought, expected);
            System.out.printf(Locale.ROOT, "all brought %.1f s after the start%n", took);
            return all && brought == expected;
        }
    }

    private static void tell(String what, boolean sound, long brought, long expected) {
        System.out.printf(Locale.ROOT, "%s: brought %d of %d%s%n", what, brought, expected, sound ? "" : "  WRONG");
    }

    private static void awaitConnected(Stage stage) throws InterruptedException {
        while (stage.admin().resources(EventSource.class).inNamespace(NAMESPACE).withName("maps").get()
                .getStatus() == null) {
            Thread.sleep(200);
        }
    }

    private static boolean awaitBrought(ListenerProcess listener, long expected)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (brought(listener) < expected && System.nanoTime() - deadline < 0) {
            Thread.sleep(200);
        }
        return brought(listener) >= expected;
    }

    private static long brought(ListenerProcess listener) throws IOException, InterruptedException {
        return listener.metric("bellhop_source_events_total", "kind=\"resource\",outcome=\"unwanted\"");
    }
}
