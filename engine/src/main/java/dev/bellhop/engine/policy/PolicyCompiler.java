package dev.bellhop.engine.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.bellhop.api.ConcurrencySpec;
import dev.bellhop.api.DeadLetterSpec;
import dev.bellhop.api.DedupSpec;
import dev.bellhop.api.DeliverySpec;
import dev.bellhop.api.LimitsSpec;
import dev.bellhop.api.RetrySpec;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.policy.Concurrency.Policy;
import org.jspecify.annotations.Nullable;

/// Compiles what a Trigger says about its deliveries. Whatever is wrong is told, and reads as absent.
public final class PolicyCompiler {
    private static final Duration SHORTEST_DELAY = Duration.ofMillis(1);
    private static final Duration LONGEST_DELAY = Duration.ofHours(24);
    private static final Duration LONGEST_AGE = Duration.ofDays(30);
    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(7);
    private static final int MOST_ATTEMPTS = 1000;
    private static final double LARGEST_FACTOR = 10;
    private static final double EXPONENTIAL = 2;

    private final String path;
    private final String namespace;
    private final List<Problem> problems;

    private PolicyCompiler(String path, String namespace, List<Problem> problems) {
        this.path = path;
        this.namespace = namespace;
        this.problems = problems;
    }

    /// Compiles `spec`, which stands at `path`, such as `spec`, of a Trigger in `namespace`; what is wrong goes to `problems`.
    public static DeliveryPolicy compile(DeliverySpec spec, String path, String namespace, List<Problem> problems) {
        var compiler = new PolicyCompiler(path, namespace, problems);
        return new DeliveryPolicy(
                compiler.retry(spec.retry()),
                compiler.deadLetter(spec.deadLetter()),
                compiler.dedup(spec.dedup()),
                Optional.ofNullable(spec.concurrency()).map(compiler::concurrency),
                compiler.limits(spec.limits()),
                Boolean.TRUE.equals(spec.suspend()),
                Boolean.TRUE.equals(spec.rollback()));
    }

    private Retry retry(@Nullable RetrySpec spec) {
        if (spec == null) {
            return Retry.DEFAULT;
        }
        var delay = duration("retry.delay", spec.delay(), SHORTEST_DELAY, LONGEST_DELAY);
        var first = delay.orElse(Retry.DEFAULT.delay());
        var maxDelay = duration("retry.maxDelay", spec.maxDelay(), SHORTEST_DELAY, LONGEST_DELAY);
        if (maxDelay.filter(most -> most.compareTo(first) < 0).isPresent()) {
            problem("retry.maxDelay", "'" + spec.maxDelay() + "' is shorter than the first delay, "
                    + GoDuration.print(first));
            maxDelay = Optional.empty();
        }
        return new Retry(
                (int) number("retry.maxAttempts", spec.maxAttempts(), 1, MOST_ATTEMPTS, Retry.DEFAULT.maxAttempts()),
                first,
                factor(spec),
                maxDelay.orElse(longer(Retry.DEFAULT.maxDelay(), first)),
                number("retry.jitter", spec.jitter(), 0, 1, Retry.DEFAULT.jitter()),
                duration("retry.maxAge", spec.maxAge(), Duration.ZERO, LONGEST_AGE).orElse(Retry.DEFAULT.maxAge()));
    }

    private double factor(RetrySpec spec) {
        double factor = number("retry.factor", spec.factor(), 1, LARGEST_FACTOR, Retry.DEFAULT.factor());
        var policy = spec.backoffPolicy();
        if (policy != null && !policy.equals("exponential")) {
            problem("retry.backoffPolicy", "'" + policy + "' is not supported: write factor: 1 for the same delay "
                    + "always, or exponential");
        } else if (policy != null && factor != EXPONENTIAL) {
            problem("retry.backoffPolicy", "exponential doubles the delay, but factor is " + spec.factor()
                    + ": leave one of them out");
        }
        return factor;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private DeadLetter deadLetter(@Nullable DeadLetterSpec spec) {
        return spec == null ? DeadLetter.NONE : new DeadLetter(Optional.ofNullable(spec.url()).flatMap(this::url));
    }

    private Optional<URI> url(String text) {
        try {
            var url = new URI(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (!http || url.getHost() == null) {
                problem("deadLetter.url", "'" + text + "' must be a whole http or https URL, such as "
                        + "https://example.com/dead");
            } else if (url.getUserInfo() != null) {
                problem("deadLetter.url", "has a user or password in it, which everybody could read: leave it out");
            } else if (url.getFragment() != null) {
                problem("deadLetter.url", "'" + text + "' has a fragment, which is never sent: leave #… out");
            } else {
                return Optional.of(url);
            }
        } catch (URISyntaxException e) {
            problem("deadLetter.url", "'" + text + "' is no URL: " + e.getReason());
        }
        return Optional.empty();
    }

    private Dedup dedup(@Nullable DedupSpec spec) {
        if (spec == null) {
            return Dedup.DEFAULT;
        }
        var window = duration("dedup.window", spec.window(), SHORTEST_WINDOW, LONGEST_WINDOW)
                .orElse(Duration.ofHours(1));
        var key = key("dedup.key", spec.key());
        if (Boolean.FALSE.equals(spec.enabled())) {
            return new Dedup.Off();
        }
        return key.<Dedup>map(expression -> new Dedup.ByKey(expression, window))
                .orElseGet(() -> new Dedup.BySender(window));
    }

    private Concurrency concurrency(ConcurrencySpec spec) {
        var written = spec.policy();
        var policy = Stream.of(Policy.values()).filter(one -> one.written().equals(written)).findFirst();
        if (written != null && policy.isEmpty()) {
            problem("concurrency.policy", "'" + written + "' is not known: use "
                    + Stream.of(Policy.values()).map(Policy::written).collect(Collectors.joining(", ")));
        }
        return new Concurrency(key("concurrency.key", spec.key()), policy.orElse(Policy.QUEUE));
    }

    private Limits limits(@Nullable LimitsSpec spec) {
        var reader = new LimitsReader((field, why) -> problem("limits." + field, why));
        return spec == null ? Limits.NONE : reader.read(spec);
    }

    private Optional<KeyExpression> key(String field, @Nullable String source) {
        if (source == null) {
            return Optional.empty();
        }
        return switch (KeyExpression.compile(source, namespace)) {
            case KeyExpression.Read.Sound(var key) -> Optional.of(key);
            case KeyExpression.Read.Broken(var why) -> {
                problems.add(new Problem(Reason.ExpressionInvalid, path + "." + field + " " + why));
                yield Optional.empty();
            }
        };
    }

    private Optional<Duration> duration(String field, @Nullable String text, Duration least, Duration most) {
        if (text == null) {
            return Optional.empty();
        }
        var duration = GoDuration.parse(text);
        if (duration.isEmpty()) {
            problem(field, "'" + text + "' is no duration: " + GoDuration.WAY_OUT);
        } else if (duration.get().compareTo(least) < 0 || duration.get().compareTo(most) > 0) {
            problem(field, "'" + text + "' must be from " + GoDuration.print(least) + " to " + GoDuration.print(most));
            return Optional.empty();
        }
        return duration;
    }

    private double number(String field, @Nullable Number written, double least, double most, double absent) {
        if (written == null) {
            return absent;
        }
        double value = written.doubleValue();
        if (value >= least && value <= most) {
            return value;
        }
        problem(field, written + " must be from " + text(least) + " to " + text(most));
        return absent;
    }

    private static String text(double whole) {
        return Long.toString((long) whole);
    }

    private void problem(String field, String why) {
        problems.add(new Problem(Reason.InvalidSpec, path + "." + field + " " + why));
    }
}
