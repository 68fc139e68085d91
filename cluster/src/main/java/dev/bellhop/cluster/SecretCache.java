package dev.bellhop.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets;
import dev.bellhop.engine.secret.Token;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import org.jspecify.annotations.Nullable;

/// The Secrets that Triggers name, read one by one with `get`. Bellhop never lists or watches Secrets: it sees none that no
/// Trigger names. The price is that a change is seen by age, not by event: see [#refresh].
public final class SecretCache implements Secrets {
    /// A sender waits for the answer: better "not now" soon than the Secret after its patience.
    private static final RequestConfig PROMPT = new RequestConfigBuilder().withRequestRetryBackoffLimit(0)
            .withRequestTimeout(3_000).build();

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<ObjectName, Entry> entries = new ConcurrentHashMap<>();
    /// The reads that have begun and not ended.
    private final Map<ObjectName, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    /// What was last read: the Secret's data, or why there is none. When it was last tried counts, not when it last succeeded:
    /// an API server that does not answer is not asked again with every event.
    private record Entry(Instant triedAt, @Nullable Map<String, Token> tokens, String problem) {}

    /// The client's identity needs `get` on the Secrets.
    public SecretCache(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Lookup find(SecretRef ref) {
        var entry = entries.get(nameOf(ref));
        if (entry == null) {
            return new Lookup.Missing(ref + " has not been read yet");
        }
        if (entry.tokens == null) {
            return new Lookup.Missing(entry.problem);
        }
        var token = entry.tokens.get(ref.key());
        return token != null
                ? new Lookup.Found(token)
                : new Lookup.Missing("Secret " + nameOf(ref) + " has no key '" + ref.key() + "'; its keys: "
                        + entry.tokens.keySet().stream().sorted().toList());
    }

    /// Whether all of them have been read, however long ago.
    public boolean isKnown(Collection<SecretRef> refs) {
        for (var ref : refs) {
            if (!entries.containsKey(nameOf(ref))) {
                return false;
            }
        }
        return true;
    }

    /// Whether all of them were read, or at least asked for, less than `maxAge` ago.
    public boolean isFresh(Collection<SecretRef> refs, Duration maxAge) {
        var since = clock.instant().minus(maxAge);
        for (var ref : refs) {
            var entry = entries.get(nameOf(ref));
            if (entry == null || entry.triedAt.isBefore(since)) {
                return false;
            }
        }
        return true;
    }

    /// Reads those that are not fresh, or waits for whoever reads them already. Blocks: call it on a virtual thread. When the API
    /// server does not answer, a value read earlier stays.
    public void refresh(Collection<SecretRef> refs, Duration maxAge) {
        stale(refs, maxAge).forEach(name -> readOnce(name, Runnable::run).join());
    }

    /// Has those that are not fresh read by `executor`, and does not wait for it.
    public void refreshBeside(Collection<SecretRef> refs, Duration maxAge, Executor executor) {
        stale(refs, maxAge).forEach(name -> {
            var _ = readOnce(name, executor);
        });
    }

    private Stream<ObjectName> stale(Collection<SecretRef> refs, Duration maxAge) {
        var since = clock.instant().minus(maxAge);
        return refs.stream().map(SecretCache::nameOf).distinct().filter(name -> {
            var entry = entries.get(name);
            return entry == null || entry.triedAt.isBefore(since);
        });
    }

    /// However many events need a Secret, it is read by one at a time.
    private CompletableFuture<Void> readOnce(ObjectName name, Executor executor) {
        var done = new CompletableFuture<Void>();
        var others = underWay.putIfAbsent(name, done);
        if (others != null) {
            return others;
        }
        executor.execute(() -> {
            try {
                entries.put(name, read(name, entries.get(name)));
            } finally {
                underWay.remove(name);
                done.complete(null);
            }
        });
        return done;
    }

    /// Forgets all but `refs`, so that Secrets which no Trigger names any more do not stay in memory.
    public void retain(Collection<SecretRef> refs) {
        entries.keySet().retainAll(refs.stream().map(SecretCache::nameOf).collect(Collectors.toSet()));
    }

    private Entry read(ObjectName name, @Nullable Entry before) {
        try {
            Secret secret = client.adapt(NamespacedKubernetesClient.class).withRequestConfig(PROMPT)
                    .call(c -> c.secrets().inNamespace(name.namespace()).withName(name.name()).get());
            return secret == null
                    ? new Entry(clock.instant(), null, "Secret " + name + " does not exist")
                    : new Entry(clock.instant(), tokens(secret), "");
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403) {
                return new Entry(clock.instant(), null, "Secret " + name + " may not be read: " + e.getMessage());
            }
            return before != null
                    ? new Entry(clock.instant(), before.tokens, before.problem)
                    : new Entry(clock.instant(), null, "Secret " + name + " could not be read: " + e.getMessage());
        }
    }

    private static Map<String, Token> tokens(Secret secret) {
        var tokens = new HashMap<String, Token>();
        Objects.requireNonNullElse(secret.getData(), Map.<String, String>of())
                .forEach((key, value) -> tokens.put(key, Token.of(Base64.getDecoder().decode(value))));
        return tokens;
    }

    private static ObjectName nameOf(SecretRef ref) {
        return new ObjectName(ref.namespace(), ref.name());
    }
}
