package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.intercept.Decision.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GithubTest implements SenderContract {
    private static final String BODY = "{\"ref\":\"refs/heads/main\",\"commits\":[]}";
    private static final String NO_SECRET = "{\"eventTypes\": [\"push\", \"pull_request\"]}";

    @Override
    public String kind() {
        return "github";
    }

    @Override
    public String otherParams() {
        return ", \"eventTypes\": [\"push\", \"pull_request\"]";
    }

    @Override
    public String header() {
        return "X-Hub-Signature-256";
    }

    @Override
    public Event from(String secret) {
        return signed(secret, BODY, BODY);
    }

    @Override
    public Event forged(String secret) {
        return signed(secret, BODY, BODY.replace("main", "mair"));
    }

    @Override
    public Event unproven(String secret) {
        return Given.event(BODY, Map.of("X-GitHub-Event", "push"));
    }

    private static Event signed(String secret, String signedText, String sentText) {
        return Given.event(sentText, Map.of("x-hub-signature-256",
                "sha256=" + Given.hexHmac("HmacSHA256", secret, signedText), "X-GitHub-Event", "push"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256=", "sha256=xyz", "sha1=", "sha256", "757107ea"})
    void refusesAHeaderThatIsNoSha256Signature(String header) {
        assertThat(decide(Given.event(BODY, Map.of("X-Hub-Signature-256", header))))
                .isInstanceOfSatisfying(Decision.Refused.class,
                        refused -> assertThat(refused.credentials()).isEqualTo(Credentials.WRONG));
    }

    @Test
    void refusesASha1DigestThoughItIsRight() {
        var digest = "sha1=" + Given.hexHmac("HmacSHA1", Given.SECRET, BODY);
        assertThat(decide(Given.event(BODY, Map.of("X-Hub-Signature-256", digest))))
                .isInstanceOfSatisfying(Decision.Refused.class, refused -> assertThat(refused.why())
                        .isEqualTo("header X-Hub-Signature-256 holds no signature of the form sha256=<hex>"));
        assertThat(decide(Given.event(BODY, Map.of("X-Hub-Signature", digest))))
                .isInstanceOfSatisfying(Decision.Refused.class,
                        refused -> assertThat(refused.credentials()).isEqualTo(Credentials.MISSING));
    }

    @Test
    void acceptsASignatureInUpperCase() {
        var digest = Given.hexHmac("HmacSHA256", Given.SECRET, BODY).toUpperCase(java.util.Locale.ROOT);
        assertThat(
                decide(Given.event(BODY, Map.of("X-Hub-Signature-256", "sha256=" + digest, "X-GitHub-Event", "push"))))
                .isInstanceOf(Decision.Continue.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"issues", "Push", "push "})
    void filtersOtherEventTypes(String type) {
        assertThat(withoutSecret(type, Map.of()))
                .isEqualTo(new Decision.Filtered("github", "event type " + type + " is not allowed"));
    }

    @Test
    void filtersAnEventWithoutType() {
        assertThat(Given.interceptor("github", NO_SECRET).intercept(Given.event(BODY, Map.of()), Given.extensions(),
                Given.SECRETS))
                .isEqualTo(new Decision.Filtered("github",
                        "no X-GitHub-Event header set, so the event type is not allowed"));
    }

    @Test
    void tellsASenderWithoutProofNothingAboutEventTypes() {
        assertThat(decide(Given.event(BODY, Map.of("X-GitHub-Event", "issues"))))
                .isEqualTo(decide(Given.event(BODY, Map.of("X-GitHub-Event", "push"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "Application/X-WWW-Form-URLencoded; charset=utf-8"})
    void failsOnForms(String contentType) {
        assertThat(withoutSecret("push", Map.of("Content-Type", contentType))).isEqualTo(new Decision.Failed("github",
                "form parameter encoding not supported, please change the hook to send JSON payloads", false));
    }

    @Test
    void doesNotMindOtherContentTypes() {
        assertThat(withoutSecret("push", Map.of("Content-Type", "application/json")))
                .isInstanceOf(Decision.Continue.class);
    }

    @Test
    void addsThePushedFilesAsTextAndAsList() {
        var body = """
                {"commits": [
                  {"added": ["a"], "modified": ["b", "c,d"], "removed": []},
                  {"added": [], "modified": ["b"], "removed": ["e"]}]}""";
        assertThat(changedFiles(body)).isEqualTo(new Decision.Continue(Given.json(
                "{\"changed_files\": \"a,b,c,d,b,e\", \"changed_files_list\": [\"a\", \"b\", \"c,d\", \"b\", \"e\"]}")));
        assertThat(changedFiles("{\"commits\": []}")).isEqualTo(new Decision.Continue(Given.json(
                "{\"changed_files\": \"\", \"changed_files_list\": []}")));
    }

    @Test
    void failsWhenAPushDoesNotTellItsFiles() {
        assertThat(changedFiles("{}")).isEqualTo(
                new Decision.Failed("github", "error parsing body: payload body missing 'commits' field", false));
        assertThat(changedFiles("{\"commits\": [{\"added\": []}]}")).isEqualTo(new Decision.Failed("github",
                "error parsing body: payload body missing 'commits.*.modified' field", false));
    }

    private static Decision changedFiles(String body) {
        return Given.interceptor("github", "{\"eventTypes\": [\"push\"], \"addChangedFiles\": {\"enabled\": true}}")
                .intercept(Given.event(body, Map.of("X-GitHub-Event", "push")), Given.extensions(), Given.SECRETS);
    }

    private static Decision withoutSecret(String type, Map<String, String> more) {
        var headers = new HashMap<>(more);
        headers.put("X-GitHub-Event", type);
        return Given.interceptor("github", NO_SECRET).intercept(Given.event(BODY, headers), Given.extensions(),
                Given.SECRETS);
    }
}
