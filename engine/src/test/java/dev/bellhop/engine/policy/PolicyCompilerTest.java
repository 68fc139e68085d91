package dev.bellhop.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.policy.Concurrency.Policy;
import dev.bellhop.engine.policy.Limits.Rate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCompilerTest {
    @Test
    void aTriggerThatSaysNothingHasTheDefaults() {
        assertThat(Policies.sound("{}")).isEqualTo(DeliveryPolicy.DEFAULT);
        assertThat(
                Policies.sound("{retry: {}, deadLetter: {}, dedup: {}, limits: {}, suspend: false, rollback: false}"))
                .isEqualTo(DeliveryPolicy.DEFAULT);
    }

    @Test
    void takesEverythingThatIsSaid() {
        var policy = Policies.sound("""
                retry: {maxAttempts: 3, delay: 500ms, factor: 1.5, maxDelay: 1m30s, jitter: 0.25, maxAge: 2h}
                deadLetter: {url: "https://example.com/dead?a=b"}
                dedup: {key: body.id, window: 10m}
                concurrency: {key: string(body.number), policy: cancelOlder}
                limits: {eventsPerSecond: 0.5, burst: 5, concurrency: 2, queuedEvents: 100, queuedBytes: 64Mi}
                suspend: true
                rollback: true
                """);
        assertThat(policy.retry()).isEqualTo(new Retry(3, Duration.ofMillis(500), 1.5, Duration.ofSeconds(90), 0.25,
                Duration.ofHours(2)));
        assertThat(policy.deadLetter()).isEqualTo(new DeadLetter(
                Optional.of(URI.create("https://example.com/dead?a=b"))));
        assertThat(policy.dedup()).isInstanceOfSatisfying(Dedup.ByKey.class, dedup -> {
            assertThat(dedup.key()).hasToString("body.id");
            assertThat(dedup.window()).isEqualTo(Duration.ofMinutes(10));
        });
        assertThat(policy.concurrency()).hasValueSatisfying(concurrency -> {
            assertThat(concurrency.key().orElseThrow()).hasToString("string(body.number)");
            assertThat(concurrency.policy()).isEqualTo(Policy.CANCEL_OLDER);
        });
        assertThat(policy.limits()).isEqualTo(new Limits(Optional.of(new Rate(0.5, 5)), Optional.of(2),
                Optional.of(100L), Optional.of(64L << 20)));
        assertThat(policy.suspended()).isTrue();
        assertThat(policy.rollback()).isTrue();
    }

    @Test
    void understandsTheWordsOfArgoEventsAndKnative() {
        assertThat(Policies.sound("retryStrategy: {steps: 3, duration: 2s, factor: 3, jitter: 0}").retry())
                .isEqualTo(new Retry(3, Duration.ofSeconds(2), 3, Duration.ofMinutes(5), 0, Duration.ofHours(24)));
        assertThat(Policies.sound("retry: {backoffPolicy: exponential, backoffDelay: PT0.5S}").retry().delay())
                .isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aLongFirstDelayIsNotCutOffByADefault() {
        assertThat(Policies.sound("retry: {delay: 1h}").retry().maxDelay()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void dedupCanBeTurnedOffWithItsKeyLeftInPlace() {
        assertThat(Policies.sound("dedup: {enabled: false, key: body.id}").dedup()).isEqualTo(new Dedup.Off());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "retry: {maxAttempts: 0} | spec.retry.maxAttempts 0 must be from 1 to 1000",
            "retry: {delay: 1d} | spec.retry.delay '1d' is no duration: write it as 500ms, 1m30s or 24h",
            "retry: {delay: ''} | spec.retry.delay '' is no duration: write it as 500ms, 1m30s or 24h",
            "retry: {delay: -1s} | spec.retry.delay '-1s' is no duration: write it as 500ms, 1m30s or 24h",
            "retry: {delay: 0s} | spec.retry.delay '0s' must be from 1ms to 24h",
            "retry: {maxDelay: 25h} | spec.retry.maxDelay '25h' must be from 1ms to 24h",
            "retry: {delay: 10s, maxDelay: 5s} | spec.retry.maxDelay '5s' is shorter than the first delay, 10s",
            "retry: {factor: 0.5} | spec.retry.factor 0.5 must be from 1 to 10",
            "retry: {jitter: 2} | spec.retry.jitter 2.0 must be from 0 to 1",
            "retry: {maxAge: 721h} | spec.retry.maxAge '721h' must be from 0s to 720h",
            "retry: {backoffPolicy: linear} | spec.retry.backoffPolicy 'linear' is not supported: write factor: 1 for the same delay always, or exponential",
            "retry: {backoffPolicy: exponential, factor: 3} | spec.retry.backoffPolicy exponential doubles the delay, but factor is 3.0: leave one of them out",
            "deadLetter: {url: example.com} | spec.deadLetter.url 'example.com' must be a whole http or https URL, such as https://example.com/dead",
            "deadLetter: {url: 'ftp://example.com'} | spec.deadLetter.url 'ftp://example.com' must be a whole http or https URL, such as https://example.com/dead",
            "deadLetter: {url: 'https://a:b@example.com'} | spec.deadLetter.url has a user or password in it, which everybody could read: leave it out",
            "deadLetter: {url: 'https://example.com/#a'} | spec.deadLetter.url 'https://example.com/#a' has a fragment, which is never sent: leave #… out",
            "deadLetter: {url: 'https://exa mple.com'} | spec.deadLetter.url 'https://exa mple.com' is no URL: Illegal character in authority",
            "dedup: {window: 8h1, enabled: true} | spec.dedup.window '8h1' is no duration: write it as 500ms, 1m30s or 24h",
            "dedup: {window: 169h} | spec.dedup.window '169h' must be from 1s to 168h",
            "concurrency: {policy: cancel} | spec.concurrency.policy 'cancel' is not known: use queue, cancelOlder, dropNewer",
            "limits: {eventsPerSecond: 0} | spec.limits.eventsPerSecond 0.0 must be from 0.001 to 1000000",
            "limits: {burst: 3} | spec.limits.burst says nothing without eventsPerSecond: write both",
            "limits: {concurrency: 0} | spec.limits.concurrency 0 must be from 1 to 1000000",
            "limits: {queuedEvents: -1} | spec.limits.queuedEvents -1 must be from 1 to 1000000000000000",
            "limits: {queuedBytes: many} | spec.limits.queuedBytes 'many' is no number of bytes: write 64Mi, 1Gi or \"1000000\"",
            "limits: {queuedBytes: ''} | spec.limits.queuedBytes '' is no number of bytes: write 64Mi, 1Gi or \"1000000\"",
            "limits: {queuedBytes: '1e9999999999'} | spec.limits.queuedBytes '1e9999999999' is no number of bytes: write 64Mi, 1Gi or \"1000000\"",
            "limits: {queuedBytes: '1e999999'} | spec.limits.queuedBytes '1e999999' must be from 1 to 1000000000000000 bytes",
            "limits: {queuedBytes: 0} | spec.limits.queuedBytes '0' must be from 1 to 1000000000000000 bytes",
    })
    void tellsWhatIsWrong(String spec, String message) {
        var problems = new ArrayList<Problem>();
        Policies.compile(spec, problems);
        assertThat(problems).containsExactly(new Problem(Reason.InvalidSpec, message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "dedup: {key: body.id =} | spec.dedup.key does not compile at 1:9: ",
            "dedup: {key: body.id =, enabled: false} | spec.dedup.key does not compile at 1:9: ",
            "concurrency: {key: bodi.id} | spec.concurrency.key does not compile at 1:1: ",
            "concurrency: {key: '''a''.compareSecret(''k'', ''s'')'} | spec.concurrency.key asks for a Secret with compareSecret: keys are stored, compare in an interceptor",
    })
    void tellsAnExpressionThatDoesNotCompileWithItsPosition(String spec, String beginning) {
        var problems = new ArrayList<Problem>();
        Policies.compile(spec, problems);
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(Reason.ExpressionInvalid);
            assertThat(problem.message()).startsWith(beginning);
        });
    }

    @Test
    void tellsAllProblemsTogether() {
        var problems = new ArrayList<Problem>();
        Policies.compile("{retry: {delay: x, maxAge: y}, dedup: {key: 1 +}, limits: {burst: 0}}", problems);
        assertThat(problems).hasSize(5);
    }
}
