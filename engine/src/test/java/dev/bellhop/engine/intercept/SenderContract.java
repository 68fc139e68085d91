package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.intercept.Decision.Credentials;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets;
import org.junit.jupiter.api.Test;

/// What every interceptor promises that authenticates senders.
interface SenderContract extends InterceptorContract {
    /// The interceptor's name in `ref`.
    String kind();

    /// Its params beside the secret's, such as `"preset": "stripe"`; each begins with a comma.
    String otherParams();

    /// The header without which nobody is believed.
    String header();

    /// An event from a sender who knows `secret`.
    Event from(String secret);

    /// The same with one byte changed of what proves it.
    Event forged(String secret);

    /// The same without [#header()].
    Event unproven(String secret);

    @Override
    default Interceptor interceptor() {
        return Given.interceptor(kind(), "{\"secretRef\": {\"secretName\": \"webhook\", \"secretKey\": \"token\"}"
                + otherParams() + "}");
    }

    @Override
    default Event passing() {
        return from(Given.SECRET);
    }

    @Test
    default void refusesWhenOneByteIsChanged() {
        assertThat(decide(forged(Given.SECRET))).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.credentials()).isEqualTo(Credentials.WRONG);
            assertThat(refused.by()).isEqualTo(kind());
            assertThat(refused.why()).contains(header()).doesNotContain("webhook");
            assertThat(refused.advice())
                    .isEqualTo("compare the sender's secret with key 'token' of Secret team-a/webhook");
        });
    }

    @Test
    default void refusesAnotherSecret() {
        assertThat(decide(from("another"))).isInstanceOfSatisfying(Decision.Refused.class,
                refused -> assertThat(refused.credentials()).isEqualTo(Credentials.WRONG));
    }

    @Test
    default void neverTellsASecret() {
        for (var event : new Event[]{forged(Given.SECRET), unproven(Given.SECRET), from("another")}) {
            assertThat(decide(event).toString()).doesNotContain(Given.SECRET).doesNotContain("another");
        }
    }

    @Test
    default void refusesAMissingHeaderAsMissingCredentials() {
        assertThat(decide(unproven(Given.SECRET))).isEqualTo(new Decision.Refused(Credentials.MISSING, kind(),
                "no " + header() + " header set",
                "set the sender's secret to the value of key 'token' of Secret team-a/webhook, and see that no proxy "
                        + "drops the header"));
    }

    @Test
    default void failsForLaterWhenTheSecretIsMissing() {
        assertThat(decide(passing(), Given.secrets(Map.of()))).isEqualTo(new Decision.Failed(kind(),
                "key 'token' of Secret team-a/webhook cannot be read: there is no Secret team-a/webhook", true));
    }

    @Test
    default void failsForLaterWhenTheSecretIsEmpty() {
        for (var empty : new String[]{"", "\n", "\r\n"}) {
            assertThat(decide(from(" "), Given.secrets(Map.of("webhook", empty)))).isEqualTo(new Decision.Failed(kind(),
                    "key 'token' of Secret team-a/webhook is empty, which would protect nothing", true));
        }
    }

    @Test
    default void takesNoLineBreakAsPartOfTheSecret() {
        assertThat(decide(passing(), Given.secrets(Map.of("webhook", Given.SECRET + "\n"))))
                .isInstanceOf(Decision.Continue.class);
    }

    @Test
    default void pointsOutALineBreakToTheOwnerOfTheTriggerAlone() {
        assertThat(decide(passing(), Given.secrets(Map.of("webhook", "different\n"))))
                .isInstanceOfSatisfying(Decision.Refused.class, refused -> {
                    assertThat(refused.advice())
                            .endsWith("mind that key 'token' of Secret team-a/webhook ends in a line "
                                    + "break, which is not taken as part of the secret");
                    assertThat(refused.why()).doesNotContain("line break");
                });
    }

    @Test
    default void acceptsEitherSecretWhileOneReplacesAnother() {
        var both = Given.secrets(Map.of("webhook", "old", "next", "new"));
        assertThat(rotating().secrets()).containsExactly(new SecretRef("team-a", "webhook", "token"),
                new SecretRef("team-a", "next", "token"));
        for (var secret : new String[]{"old", "new"}) {
            assertThat(rotating().intercept(from(secret), Given.extensions(), both))
                    .isInstanceOf(Decision.Continue.class);
        }
        assertThat(rotating().intercept(from("neither"), Given.extensions(), both))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    default void oneMissingSecretOfTwoIsNoReasonToBelieveNorToRefuse() {
        var oldOnly = Given.secrets(Map.of("webhook", "old"));
        assertThat(rotating().intercept(from("old"), Given.extensions(), oldOnly))
                .isInstanceOf(Decision.Continue.class);
        assertThat(rotating().intercept(from("new"), Given.extensions(), oldOnly)).isEqualTo(new Decision.Failed(kind(),
                "key 'token' of Secret team-a/next cannot be read: there is no Secret team-a/next", true));
    }

    @Test
    default void followsASecretThatChanges() {
        var interceptor = interceptor();
        for (var secret : new String[]{"first", "second", "first"}) {
            var secrets = Given.secrets(Map.of("webhook", secret));
            assertThat(interceptor.intercept(from(secret), Given.extensions(), secrets))
                    .isInstanceOf(Decision.Continue.class);
            assertThat(interceptor.intercept(from("other"), Given.extensions(), secrets))
                    .isInstanceOf(Decision.Refused.class);
        }
    }

    private Interceptor rotating() {
        return Given.interceptor(kind(), """
                {"secretRef": {"secretName": "webhook", "secretKey": "token"},
                 "secretRefs": [{"SecretName": "next", "secretkey": "token"}]%s}""".formatted(otherParams()));
    }

    private Decision decide(Event event, Secrets secrets) {
        return interceptor().intercept(event, Given.extensions(), secrets);
    }
}
