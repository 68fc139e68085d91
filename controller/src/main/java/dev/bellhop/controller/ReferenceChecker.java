package dev.bellhop.controller;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.bellhop.api.ObjectName;
import dev.bellhop.cluster.SecretCache;
import dev.bellhop.cluster.TokenBucket;
import dev.bellhop.controller.Finding.Findings;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets.Lookup;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks again and again whether the Secrets and ServiceAccounts that are named are there. They are read one by one, because
/// the controller has no right to list or watch what nobody named. What is missing is looked for every second, so that its
/// coming is noticed soon; what is there less often the more there is, so that the API server gets at most 100 reads a second.
final class ReferenceChecker implements Findings, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReferenceChecker.class);
    private static final int PER_SECOND = 100;
    /// So many of these reads may go to what is there; the rest is kept for what is new or missing.
    private static final int PER_SECOND_FOR_PRESENT = 80;
    private static final int AT_ONCE = 8;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Map<SecretRef, Finding> ofSecrets = new ConcurrentHashMap<>();
    private final Map<ObjectName, Finding> ofAccounts = new ConcurrentHashMap<>();
    private final Map<Target, Long> dueAt = new ConcurrentHashMap<>();
    private final DelayQueue<Due> queue = new DelayQueue<>();
    private final Semaphore atOnce = new Semaphore(AT_ONCE);
    private final TokenBucket rate = new TokenBucket(PER_SECOND, PER_SECOND);
    private final KubernetesClient client;
    private final SecretCache secrets;
    private final Runnable onChange;
    private final Clock clock;
    private final Thread dispatcher = Thread.ofVirtual().name("reference checker").unstarted(this::dispatch);
    private volatile Map<Target, Set<SecretRef>> wanted = Map.of();
    private volatile boolean closed;

    /// One object to look at.
    sealed interface Target {
        /// A Secret.
        record Secret(ObjectName name) implements Target {
            static Secret of(SecretRef ref) {
                return new Secret(new ObjectName(ref.namespace(), ref.name()));
            }
        }

        /// A ServiceAccount.
        record ServiceAccount(ObjectName name) implements Target {}
    }

    /// All that is to be looked at, and what of it at once because somebody who names it changed.
    record Wanted(Set<SecretRef> secrets, Set<ObjectName> accounts, Set<Target> now) {}

    private record Due(Target target, long atNanos) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.signum(getDelay(TimeUnit.NANOSECONDS) - other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    /// Calls `onChange`, which must not block, when a finding has changed.
    ReferenceChecker(KubernetesClient client, SecretCache secrets, Runnable onChange, Clock clock) {
        this.client = client;
        this.secrets = secrets;
        this.onChange = onChange;
        this.clock = clock;
    }

    void start() {
        dispatcher.start();
    }

    /// Looks at these from now on, and at no others.
    void want(Wanted all) {
        var next = new HashMap<Target, Set<SecretRef>>();
        all.secrets.forEach(ref -> next.computeIfAbsent(Target.Secret.of(ref), _ -> new HashSet<>()).add(ref));
        all.accounts.forEach(name -> next.put(new Target.ServiceAccount(name), Set.of()));
        var before = wanted;
        wanted = next;
        ofSecrets.keySet().retainAll(all.secrets);
        ofAccounts.keySet().retainAll(all.accounts);
        dueAt.keySet().retainAll(next.keySet());
        secrets.retain(all.secrets);
        next.forEach((target, refs) -> {
            var known = before.get(target);
            if (known == null || !known.containsAll(refs) || all.now.contains(target)) {
                schedule(target, Duration.ZERO);
            }
        });
    }

    @Override
    public Finding secret(SecretRef ref) {
        return ofSecrets.getOrDefault(ref, new Finding.NotYet());
    }

    @Override
    public Finding serviceAccount(ObjectName name) {
        return ofAccounts.getOrDefault(name, new Finding.NotYet());
    }

    @Override
    public void close() {
        closed = true;
        dispatcher.interrupt();
    }

    private void schedule(Target target, Duration delay) {
        long at = System.nanoTime() + delay.toNanos();
        dueAt.put(target, at);
        queue.add(new Due(target, at));
    }

    private void dispatch() {
        try {
            while (!closed) {
                var due = queue.take();
                if (dueAt.remove(due.target, due.atNanos)) {
                    Thread.sleep(rate.take(clock.instant()));
                    atOnce.acquire();
                    Thread.ofVirtual().name("reference check").start(() -> look(due.target));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Target target) {
        try {
            var refs = wanted.get(target);
            if (refs == null || closed) {
                return;
            }
            boolean missing = switch (target) {
                case Target.Secret _ -> lookAtSecret(refs);
                case Target.ServiceAccount(var name) -> lookAtAccount(name);
            };
            long perSecond = missing ? Long.MAX_VALUE : PER_SECOND_FOR_PRESENT;
            var period = Duration.ofMillis(wanted.size() * 1000L / perSecond);
            schedule(target, period.compareTo(AGAIN) > 0 ? period : AGAIN);
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("object", target).addKeyValue("error", e.toString())
                    .log("Looking for what a Trigger names failed; trying again");
            schedule(target, AGAIN);
        } finally {
            atOnce.release();
        }
    }

    /// Whether a key of it is missing.
    private boolean lookAtSecret(Set<SecretRef> refs) {
        secrets.refresh(List.of(refs.iterator().next()), Duration.ZERO);
        boolean missing = false;
        boolean changed = false;
        for (var ref : refs) {
            var found = switch (secrets.find(ref)) {
                case Lookup.Missing(var why) -> new Finding.Missing(why);
                case Lookup.Found(var token) when token.isEmpty() ->
                    new Finding.Missing("The value of " + ref + " is empty: it would protect nothing");
                case Lookup.Found(var token) -> new Finding.There(token.hadLineBreak()
                        ? "the value of " + ref + " ends in a line break, which is not taken as part of it"
                        : null);
            };
            missing |= found instanceof Finding.Missing;
            changed |= !found.equals(ofSecrets.put(ref, found));
        }
        if (changed) {
            onChange.run();
        }
        return missing;
    }

    /// Whether it is missing.
    private boolean lookAtAccount(ObjectName name) {
        var found = account(name);
        if (!found.equals(ofAccounts.put(name, found))) {
            onChange.run();
        }
        return found instanceof Finding.Missing;
    }

    private Finding account(ObjectName name) {
        try {
            return client.serviceAccounts().inNamespace(name.namespace()).withName(name.name()).get() != null
                    ? new Finding.There(null)
                    : new Finding.Missing("ServiceAccount " + name + " does not exist");
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403) {
                return new Finding.Missing("ServiceAccount " + name + " may not be read: " + e.getMessage());
            }
            throw e;
        }
    }
}
