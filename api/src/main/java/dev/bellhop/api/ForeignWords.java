package dev.bellhop.api;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What fields of other event systems are called here. Those that mean exactly the same are aliases in the records; the
/// rest is answered with the field to use instead.
public final class ForeignWords {
    /// By the last two names of a path, or the last alone; in lower case.
    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry("delivery", "what Knative calls delivery is written as retry and deadLetter"),
            Map.entry("deadlettersink", "what Knative calls deadLetterSink.uri is deadLetter.url"),
            Map.entry("dlqtrigger", "what Argo Events' dlqTrigger does, write as deadLetter.actions"),
            Map.entry("deadletter.uri", "what Knative calls uri is url"),
            Map.entry("deadletter.ref", "write the address as url"),
            Map.entry("atleastonce", "every delivery is attempted until it is done or given up: leave it out"),
            Map.entry("ratelimit", "instead of Argo Events' rateLimit, set limits.eventsPerSecond; events above it are "
                    + "answered 429, not delayed"),
            Map.entry("retry.retry",
                    "Knative's retry does not count the first attempt: write maxAttempts, and one more"),
            Map.entry("retry.retries", "write maxAttempts, which counts the first attempt too"),
            Map.entry("retry.limit", "write maxAttempts, which counts the first attempt too"),
            Map.entry("retry.timeout", "how long one attempt may take is the listener's affair: leave it out"),
            Map.entry("retry.retryaftermax", "write maxAge, which ends also the waiting that Retry-After asks for"),
            Map.entry("retry.cap", "write maxDelay"),
            Map.entry("retry.steps", "it is another word for maxAttempts: write one of them"),
            Map.entry("retry.duration", "it is another word for delay: write one of them"),
            Map.entry("retry.backoffdelay", "it is another word for delay: write one of them"),
            Map.entry("retrystrategy", "it is another word for retry: write one of them"),
            Map.entry("suspended", "write suspend"),
            Map.entry("paused", "write suspend"),
            Map.entry("concurrency.group", "write key, a CEL expression such as string(body.number)"),
            Map.entry("concurrency.cancel-in-progress", "write policy: cancelOlder"));

    private ForeignWords() {}

    /// What to write instead of the field at `path`, such as `spec.delivery`; empty when nothing is known of it.
    public static Optional<String> advice(String path) {
        var lower = path.toLowerCase(Locale.ROOT);
        int last = lower.lastIndexOf('.');
        int before = lower.lastIndexOf('.', last - 1);
        return Optional.ofNullable(ADVICE.get(lower.substring(before + 1)))
                .or(() -> Optional.ofNullable(ADVICE.get(lower.substring(last + 1))));
    }
}
