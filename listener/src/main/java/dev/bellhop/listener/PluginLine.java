package dev.bellhop.listener;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import dev.bellhop.cluster.SecretCache;
import dev.bellhop.engine.catalog.ServedSource;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets.Lookup;
import dev.bellhop.listener.broker.BrokerMessage;
import dev.bellhop.listener.broker.CloudEvent;
import dev.bellhop.listener.http.Answer;
import dev.bellhop.listener.http.Line.Found;
import dev.bellhop.listener.source.SourceId;
import dev.bellhop.listener.source.remote.RemoteSettings;
import dev.bellhop.listener.source.remote.RemoteType;
import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.SourceEvent;

/// One CloudEvent that a plug-in posts for its EventSource: does it bear the token? From there it goes the way of every source's
/// event, [SourceLine]. Every replica takes them: all that it needs is in the catalog and in the Secret.
final class PluginLine {
    private static final Duration TOKEN_AGE = Duration.ofSeconds(10);
    /// Before a token is refused, the Secret is read again if it was last read longer ago: it may have been rotated.
    private static final Duration TOKEN_AGE_FOR_REFUSAL = Duration.ofSeconds(1);
    private static final Duration UNTIL_MENDED = Duration.ofSeconds(10);
    private static final String SCHEME = "bearer ";
    /// Expressions must not see them, and what they make would keep them.
    private static final Set<String> SECRET_HEADERS = Set.of("Authorization", "Proxy-Authorization", "Cookie");

    private final Directory directory;
    private final SourceLine line;
    private final SecretCache secrets;
    private final Executor virtualThreads;
    private final Clock clock;

    PluginLine(Directory directory, SourceLine line, SecretCache secrets, Executor virtualThreads, Clock clock) {
        this.directory = directory;
        this.line = line;
        this.secrets = secrets;
        this.virtualThreads = virtualThreads;
        this.clock = clock;
    }

    /// The token of a source whose events a plug-in posts; empty for any other, and for one that does not run.
    static Optional<SecretRef> token(ServedSource source) {
        return source.plan().filter(plan -> plan.type() instanceof RemoteType).map(plan -> {
            var token = RemoteSettings.of(plan.spec()).token();
            return new SecretRef(source.stored().name().namespace(), token.secret(), token.key());
        });
    }

    /// Whose events are posted to `path`.
    Found find(String path) {
        var source = directory.sourceAt(path);
        if (source.isEmpty()) {
            return new Found.Refusal(new Answer.NotFound());
        }
        if (source.get().plan().isEmpty()) {
            return new Found.Refusal(new Answer.Unavailable(
                    "the EventSource is suspended or not Ready; its status says why", UNTIL_MENDED));
        }
        var stored = source.get().stored();
        return token(source.get()).<Found>map(token -> new Found.Emission(stored.name(), stored.uid(), token))
                .orElseGet(() -> new Found.Refusal(new Answer.NotFound()));
    }

    CompletionStage<Answer> accept(Found.Emission emission, EventId id, Headers headers, byte[] body) {
        var presented = headers.first("Authorization")
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                .map(value -> value.substring(SCHEME.length()).strip());
        if (presented.isEmpty()) {
            return done(new Answer.NotAuthenticated(
                    "send Authorization: Bearer with the token of the EventSource", "Bearer"));
        }
        var named = List.of(emission.token());
        Supplier<CompletionStage<Answer>> bring = () -> bring(emission, id, headers, body);
        if (!secrets.isKnown(named)) {
            return offThread(() -> {
                secrets.refresh(named, Duration.ZERO);
                return refusal(emission.token(), presented.get()).map(PluginLine::done).orElseGet(bring);
            });
        }
        if (!secrets.isFresh(named, TOKEN_AGE)) {
            secrets.refreshBeside(named, TOKEN_AGE, virtualThreads);
        }
        var refusal = refusal(emission.token(), presented.get());
        if (refusal.isEmpty()) {
            return bring.get();
        }
        if (secrets.isFresh(named, TOKEN_AGE_FOR_REFUSAL)) {
            return done(refusal.get());
        }
        return offThread(() -> {
            secrets.refresh(named, TOKEN_AGE_FOR_REFUSAL);
            return refusal(emission.token(), presented.get()).map(PluginLine::done).orElseGet(bring);
        });
    }

    private Optional<Answer> refusal(SecretRef named, String presented) {
        return switch (secrets.find(named)) {
            case Lookup.Found(var token) when token.isEmpty() -> Optional.of(cannotCheck());
            case Lookup.Found(var token) -> token.matches(presented)
                    ? Optional.empty()
                    : Optional.of(new Answer.Forbidden("that is not the token of the EventSource"));
            case Lookup.Missing _ -> Optional.of(cannotCheck());
        };
    }

    /// Who asks is unknown, and is not told which Secret is missing; the condition `Connected` says it.
    private static Answer cannotCheck() {
        return new Answer.Unavailable("the token cannot be checked; the EventSource's status says why", UNTIL_MENDED);
    }

    private CompletionStage<Answer> bring(Found.Emission emission, EventId id, Headers headers, byte[] body) {
        var plain = plain(headers);
        var found = CloudEvent.of(CloudEvent.Binding.HTTP, plain, body);
        if (found.isEmpty()) {
            return done(
                    new Answer.BadRequest("it must be one CloudEvent with specversion, id, source and type, in headers"
                            + " ce-… or as application/cloudevents+json"));
        }
        SourceEvent event = new BrokerMessage(id.value(), "", clock.instant(), Map.of(), plain).holding(found.get());
        var source = new SourceId(emission.source(), emission.sourceUid(), RemoteType.NAME);
        return line.accept(source, event, id).thenApply(emitted -> switch (emitted) {
            case Emitted.Kept _ -> new Answer.Accepted(id);
            case Emitted.NotNow(var why, var retryAfter) -> new Answer.Unavailable(why, retryAfter);
        });
    }

    private static Map<String, String> plain(Headers headers) {
        var plain = new LinkedHashMap<String, String>();
        headers.asMap().forEach((name, values) -> {
            if (!SECRET_HEADERS.contains(name)) {
                plain.put(name, String.join(", ", values));
            }
        });
        return plain;
    }

    private CompletionStage<Answer> offThread(Supplier<CompletionStage<Answer>> work) {
        return CompletableFuture.supplyAsync(work, virtualThreads).thenCompose(stage -> stage);
    }

    private static CompletionStage<Answer> done(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
