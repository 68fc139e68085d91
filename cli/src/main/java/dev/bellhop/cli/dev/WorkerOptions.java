package dev.bellhop.cli.dev;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// kube-trigger's settings of its workers, by their names and with their defaults, as far as they are not options of every
/// listener.
final class WorkerOptions {
    private static final int MOST_RETRIES = 999;
    private static final int LONGEST_DELAY = 86_400;

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--queue-size", paramLabel = "N", defaultValue = "50", description = "How many deliveries of a Trigger may wait; beyond it requests are answered 429 and sources bring their event again later; 0: no limit (default: ${DEFAULT-VALUE}). For Triggers without limits.")
    private int queueSize;

    @Option(names = "--per-worker-qps", paramLabel = "N", defaultValue = "2", description = "Times --workers: how many events a second a Trigger takes on average, --queue-size at once; 0: no limit (default: ${DEFAULT-VALUE}). For Triggers without limits.")
    private double perWorkerQps;

    @Option(names = "--action-retry", arity = "0..1", fallbackValue = "true", paramLabel = "true|false", defaultValue = "false", description = "Whether a delivery that failed is tried again (default: ${DEFAULT-VALUE}). For Triggers without retry.")
    private boolean actionRetry;

    @Option(names = "--max-retry", paramLabel = "N", defaultValue = "5", description = "With --action-retry: how often (default: ${DEFAULT-VALUE}).")
    private int maxRetry;

    @Option(names = "--retry-delay", paramLabel = "SECONDS", defaultValue = "2", description = "With --action-retry: how long after the first try; each further delay is twice as long, 1,200 s at most (default: ${DEFAULT-VALUE}).")
    private int retryDelay;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "10", description = "How long an http action waits for its answer, 60 s at most (default: ${DEFAULT-VALUE}). For actions without timeout.")
    private int timeout;

    @Option(names = "--registry-size", paramLabel = "N", description = "Has no effect: nothing is cached that could be too large.")
    private @Nullable String registrySize;

    @Option(names = "--multi-cluster-config-type", paramLabel = "TYPE", description = "Has no effect: an EventSource names the kubeconfig of another cluster.")
    private @Nullable String multiClusterConfigType;

    @Option(names = "--leader-elect", arity = "0..1", fallbackValue = "true", paramLabel = "true|false", description = "Has no effect: a process of its own has nobody to contend with.")
    private @Nullable String leaderElect;

    @Option(names = "--leader-election-lease-duration", paramLabel = "DURATION", description = "Has no effect, as --leader-elect.")
    private @Nullable String leaseDuration;

    @Option(names = "--leader-election-renew-deadline", paramLabel = "DURATION", description = "Has no effect, as --leader-elect.")
    private @Nullable String renewDeadline;

    @Option(names = "--leader-election-retry-period", paramLabel = "DURATION", description = "Has no effect, as --leader-elect.")
    private @Nullable String retryPeriod;

    /// What they come to, for this many workers; what is wrong is told together.
    WorkerDefaults defaults(int workers) {
        var problems = new ArrayList<String>();
        check(problems, queueSize >= 0, "--queue-size=" + queueSize + " must not be negative");
        check(problems, perWorkerQps >= 0, "--per-worker-qps=" + perWorkerQps + " must not be negative");
        check(problems, maxRetry >= 0 && maxRetry <= MOST_RETRIES,
                "--max-retry=" + maxRetry + " must be from 0 to " + MOST_RETRIES);
        check(problems, retryDelay >= 1 && retryDelay <= LONGEST_DELAY,
                "--retry-delay=" + retryDelay + " must be from 1 to " + LONGEST_DELAY);
        check(problems, timeout >= 1, "--timeout=" + timeout + " must be at least 1");
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), problems));
        }
        return new WorkerDefaults(queueSize, perWorkerQps * workers, actionRetry ? maxRetry + 1 : 1, retryDelay,
                timeout);
    }

    /// The options that are given and have no effect here.
    List<String> withoutEffect() {
        var given = new ArrayList<String>();
        add(given, "--registry-size", registrySize);
        add(given, "--multi-cluster-config-type", multiClusterConfigType);
        add(given, "--leader-elect", leaderElect);
        add(given, "--leader-election-lease-duration", leaseDuration);
        add(given, "--leader-election-renew-deadline", renewDeadline);
        add(given, "--leader-election-retry-period", retryPeriod);
        return given;
    }

    private static void add(List<String> given, String option, @Nullable String value) {
        if (value != null) {
            given.add(option + "=" + value);
        }
    }

    private static void check(List<String> problems, boolean holds, String message) {
        if (!holds) {
            problems.add(message);
        }
    }
}
