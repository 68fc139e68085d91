package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import dev.bellhop.engine.event.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitbucketTest implements SenderContract {
    private static final String BODY = "{\"push\":{}}";

    @Override
    public String kind() {
        return "bitbucket";
    }

    @Override
    public String otherParams() {
        return ", \"eventTypes\": [\"repo:push\"]";
    }

    @Override
    public String header() {
        return "X-Hub-Signature";
    }

    @Override
    public Event from(String secret) {
        return signed("sha256=" + Given.hexHmac("HmacSHA256", secret, BODY), "repo:push");
    }

    @Override
    public Event forged(String secret) {
        return signed("sha256=" + Given.hexHmac("HmacSHA256", secret, BODY + " "), "repo:push");
    }

    @Override
    public Event unproven(String secret) {
        return Given.event(BODY, Map.of("X-Event-Key", "repo:push"));
    }

    private static Event signed(String signature, String type) {
        return Given.event(BODY, Map.of("X-Hub-Signature", signature, "X-Event-Key", type));
    }

    @ParameterizedTest
    @CsvSource({"sha1=,HmacSHA1", "sha256=,HmacSHA256", "sha512=,HmacSHA512"})
    void acceptsTheHashThatThePrefixNames(String prefix, String algorithm) {
        assertThat(decide(signed(prefix + Given.hexHmac(algorithm, Given.SECRET, BODY), "repo:push")))
                .isInstanceOf(Decision.Continue.class);
    }

    @ParameterizedTest
    @CsvSource({"sha512=,HmacSHA1", "sha384=,HmacSHA384", "md5=,HmacMD5"})
    void refusesAnyOtherHash(String prefix, String algorithm) {
        assertThat(decide(signed(prefix + Given.hexHmac(algorithm, Given.SECRET, BODY), "repo:push")))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void filtersOtherEventTypes() {
        assertThat(decide(signed("sha256=" + Given.hexHmac("HmacSHA256", Given.SECRET, BODY), "repo:fork")))
                .isEqualTo(new Decision.Filtered("bitbucket", "event type repo:fork is not allowed"));
    }
}
