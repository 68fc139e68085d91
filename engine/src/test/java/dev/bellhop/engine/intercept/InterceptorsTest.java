package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.api.InterceptorSpec;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.cel.Conjunct;
import dev.bellhop.engine.intercept.Interceptors.Compiled;
import dev.bellhop.engine.secret.SecretRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What compiling accepts, and the words for what it does not. In the tables, `^` stands for `spec.interceptors[0]`.
class InterceptorsTest {
    private static final String ALL = "github, gitlab, bitbucket, hmac, cel";
    private static final String REF = "secretRef: {secretName: s, secretKey: k}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "github | secretRef: {secretKey: k} | ^.params.secretRef.secretName is missing: name the Secret that holds the webhook's secret",
            "github | secretRef: {secretName: s} | ^.params.secretRef.secretKey is missing: name the key of the Secret that holds the webhook's secret",
            "github | secretRef: {secretName: '', secretKey: k} | ^.params.secretRef.secretName is empty: give it a value or leave it out",
            "github | secretRef: {secretName: s, secretKey: k, namespace: n} | ^.params.secretRef.namespace is not known here: use secretKey, secretName",
            "github | secretRef: text | ^.params.secretRef must be an object, not a string",
            "github | secretRef: {secretName: 7, secretKey: k} | ^.params.secretRef.secretName must be a string, not a number",
            "github | secretRefs: [] | ^.params.secretRefs is an empty list: fill it or leave it out",
            "github | secretRefs: {} | ^.params.secretRefs must be a list, not an object",
            "github | secretRefs: [true] | ^.params.secretRefs[0] must be an object, not true or false",
            "github | secretRefs: [{secretName: s}] | ^.params.secretRefs[0].secretKey is missing: name the key of the Secret that holds the webhook's secret",
            "github | secretReff: {} | ^.params.secretReff is not known here: use addChangedFiles, eventTypes, githubOwners, secretRef, secretRefs",
            "github | eventTypes: [] | ^.params.eventTypes is an empty list: fill it or leave it out",
            "github | eventTypes: push | ^.params.eventTypes must be a list, not a string",
            "github | eventTypes: [''] | ^.params.eventTypes[0] is empty: give it a value or leave it out",
            "github | eventTypes: [[]] | ^.params.eventTypes[0] must be a string, not a list",
            "github | `eventTypes: [push, pull_request], addChangedFiles: {enabled: true}` | ^.params.addChangedFiles is supported for pushes only, whose payload tells the files: set eventTypes to [push], or leave it out",
            "github | addChangedFiles: {enabled: true} | ^.params.addChangedFiles is supported for pushes only, whose payload tells the files: set eventTypes to [push], or leave it out",
            "github | addChangedFiles: {enabled: 'true'} | ^.params.addChangedFiles.enabled must be true or false, not a string",
            "github | githubOwners: {enabled: true, CheckType: orgMembers} | ^.params.githubOwners is not supported, and without it anybody's pull request would pass: check body.pull_request.author_association in a cel filter",
            "github | githubOwners: {enabled: false, checkTypes: none} | ^.params.githubOwners.checkTypes is not known here: use checkType, enabled, personalAccessToken",
            "gitlab | addChangedFiles: {} | ^.params.addChangedFiles is not known here: use eventTypes, secretRef, secretRefs",
            "bitbucket | secretRef: {secretName: s} | ^.params.secretRef.secretKey is missing: name the key of the Secret that holds the webhook's secret",
            "hmac | header: X-Sig | ^.params name no secret: set secretRef, or secretRefs while one secret replaces another",
            "hmac | REF | ^.params.header is missing: name the header that carries the signature, or use a preset",
            "hmac | REF, header: H, algorithm: md5 | ^.params.algorithm 'md5' is not known: use sha1, sha256, sha384, sha512",
            "hmac | REF, header: H, encoding: utf8 | ^.params.encoding 'utf8' is not known: use hex, base64, base64url",
            "hmac | REF, header: H, secretEncoding: base32 | ^.params.secretEncoding 'base32' is not known: use utf8, base64, hex",
            "hmac | REF, header: H, secretPrefix: w_ | ^.params.secretPrefix is for secrets in base64 or hex: set secretEncoding, or leave it out",
            "hmac | REF, header: H, signedTemplate: '{id}.{body}' | ^.params.signedTemplate has {id}: set idHeader to say where it is",
            "hmac | REF, header: H, idHeader: X-Id | ^.params.signedTemplate lacks {id}: an id that is not signed could be changed by anybody",
            "hmac | REF, header: H, signedTemplate: '{timestamp}.{body}' | ^.params.signedTemplate has {timestamp}: set timestampHeader or timestampPrefix to say where it is",
            "hmac | REF, header: H, timestampHeader: X-Time | ^.params.signedTemplate lacks {timestamp}: a time that is not signed could be changed by anybody",
            "hmac | REF, header: H, signedTemplate: '{url}{body}' | ^.params.signedTemplate has {url}, which is no place: use {body}, {timestamp}, {id}",
            "hmac | REF, header: H, idHeader: X-Id, signedTemplate: '{id}' | ^.params.signedTemplate lacks {body}: whoever saw one signature could send any body",
            "hmac | REF, header: H, tolerance: 5m | ^.params.tolerance is of no use without a timestamp: set timestampHeader, timestampPrefix or timestampField, or leave it out",
            "hmac | REF, header: H, timestampUnit: ms | ^.params.timestampUnit is of no use without a timestamp: set timestampHeader, timestampPrefix or timestampField, or leave it out",
            "hmac | REF, header: H, timestampField: t, timestampUnit: days | ^.params.timestampUnit 'days' is not known: use s, ms, rfc3339",
            "hmac | REF, header: H, timestampField: t, tolerance: 5 minutes | ^.params.tolerance '5 minutes' is no duration: write 300s, 5m or 1h",
            "hmac | REF, header: H, timestampField: t, tolerance: 0s | ^.params.tolerance '0s' is no duration: write 300s, 5m or 1h",
            "hmac | REF, header: H, signedTemplate: '{timestamp}{body}', timestampPrefix: t= | ^.params.timestampPrefix needs a separator between timestamp and signature, such as ','",
            "hmac | REF, header: H, signedTemplate: '{timestamp}{body}', timestampHeader: T, timestampField: t | ^.params say twice where the timestamp is: leave all but one of timestampHeader, timestampPrefix, timestampField out",
            "hmac | REF, preset: github, header: H | ^.params.header is set by preset 'github': leave one of them out",
            "cel | `` | ^.params say nothing to do: set filter, overlays or both",
            "cel | filter: '' | ^.params.filter is empty: give it a value or leave it out",
            "cel | filter: true | ^.params.filter must be a string, not true or false",
            "cel | overlays: [] | ^.params.overlays is an empty list: fill it or leave it out",
            "cel | overlays: [{key: a}] | ^.params.overlays[0].expression is missing: write what the value is",
            "cel | overlays: [{expression: '1'}] | ^.params.overlays[0].key is missing: say where in the extensions the value goes",
            "cel | overlays: [{key: a..b, expression: '1'}] | ^.params.overlays[0].key 'a..b' has an empty part: write a.b, or a\\.b for a name with a dot",
            "hmac | REF, preset: github, tolerance: 5m | ^.params.tolerance is of no use: this preset signs no timestamp",
    })
    void tellsWhatIsWrongWithParams(String kind, String params, String message) {
        assertThat(problems(kind, params)).containsExactly(message.replace("^", "spec.interceptors[0]"));
    }

    @Test
    void tellsWhereAnExpressionDoesNotCompile() {
        assertThat(problems("cel", "filter: \"body.ref = 'x'\", overlays: [{key: a, expression: body.}]"))
                .satisfiesExactly(
                        filter -> assertThat(filter)
                                .startsWith("spec.interceptors[0].params.filter does not compile at 1:10: "),
                        overlay -> assertThat(overlay)
                                .startsWith(
                                        "spec.interceptors[0].params.overlays[0].expression does not compile at 1:6: "));
    }

    @Test
    void tellsWhichPresetsThereAre() {
        assertThat(problems("hmac", "REF, preset: gitbub")).singleElement().asString()
                .startsWith("spec.interceptors[0].params.preset 'gitbub' is not known: use one of github, gitlab, ")
                .endsWith(", svix, or leave it out and set header and the rest");
    }

    @Test
    void tellsAllProblemsTogether() {
        assertThat(problems("github", "secretRef: {}, eventTypes: [], x: 1, addChangedFiles: 2")).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secretRef: {SecretName: s, SECRETKEY: k}", "SecretRef: {secretname: s, secretKey: k}",
            "secretRefs: [{secretName: s, secretKey: k}]",
            "secretRef: {secretName: s, secretKey: k}, secretRefs: null"})
    void readsNamesInAnyCaseAsGoDoes(String params) {
        assertThat(Given.interceptor("github", json(params)).secrets())
                .containsExactly(new SecretRef("team-a", "s", "k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "githubOwners: {enabled: false}", "addChangedFiles: {enabled: false}",
            "addChangedFiles: {personalAccessToken: {secretName: s, secretKey: k}}", "secretRef: null",
            "eventTypes: [push], addChangedFiles: {enabled: true, personalAccessToken: {secretName: s, secretKey: k}}"})
    void acceptsWhatChecksNothingMore(String params) {
        assertThat(Given.interceptor("github", json(params)).secrets()).isEmpty();
    }

    @Test
    void offersEventTypesAndFiltersToAnIndex() {
        assertThat(Given.interceptor("github", json("eventTypes: [push, ping]")).conjuncts())
                .containsExactly(new Conjunct.HeaderIn("X-Github-Event", Set.of("push", "ping")));
        assertThat(Given.interceptor("gitlab", json("eventTypes: [Push Hook]")).conjuncts())
                .containsExactly(new Conjunct.HeaderIn("X-Gitlab-Event", Set.of("Push Hook")));
        assertThat(Given.interceptor("bitbucket", json("eventTypes: ['repo:push']")).conjuncts())
                .containsExactly(new Conjunct.HeaderIn("X-Event-Key", Set.of("repo:push")));
        assertThat(Given.interceptor("github", json(REF)).conjuncts()).isEmpty();
        assertThat(Given.interceptor("cel", json("filter: body.ref == 'x' && extensions.a == 'y'")).conjuncts())
                .containsExactly(new Conjunct.BodyIn(List.of("ref"), Set.of(TextNode.valueOf("x"))));
        assertThat(Given.interceptor("cel", json("overlays: [{key: a, expression: body.ref == 'x'}]")).conjuncts())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "- | - | ^.ref.name is missing: use one of ALL",
            "'' | - | ^.ref.name is missing: use one of ALL",
            "GitHub | - | ^.ref.name 'GitHub' is not known: use one of ALL",
            "slack | - | ^.ref.name 'slack' is not supported, because Tekton's verifies no signature: use hmac with preset slack",
            "mine | NamespacedInterceptor | ^.ref.kind NamespacedInterceptor, an interceptor of your own, is not supported: use ref.name with one of ALL, and leave kind out",
            "github | Interceptor | ^.ref.kind 'Interceptor' is not known: use ClusterInterceptor or leave it out",
    })
    void tellsWhatIsWrongWithTheReference(String name, String kind, String message) {
        var spec = new InterceptorSpec(null, new InterceptorSpec.Ref(name, kind, null), List.of(), null);
        assertThat(Interceptors.compile("spec.interceptors[0]", spec, "team-a"))
                .isEqualTo(broken(message.replace("^", "spec.interceptors[0]").replace("ALL", ALL)));
    }

    @Test
    void refusesAnInterceptorWithoutReferenceAndTheLegacyWebhook() {
        assertThat(Interceptors.compile("spec.interceptors[2]", new InterceptorSpec(null, null, List.of(), null),
                "team-a"))
                .isEqualTo(broken("spec.interceptors[2].ref.name is missing: use one of " + ALL));
        var webhook = new InterceptorSpec(null, new InterceptorSpec.Ref("github", null, null), List.of(),
                Given.json("{\"objectRef\": {}}"));
        assertThat(Interceptors.compile("spec.interceptors[1]", webhook, "team-a"))
                .isEqualTo(broken(
                        "spec.interceptors[1].webhook is Tekton's legacy webhook interceptor, which is not supported: use ref.name "
                                + "with one of " + ALL));
    }

    @Test
    void refusesParamsWithoutNameAndParamsThatAreThereTwice() {
        var params = List.of(new InterceptorSpec.Param(null, TextNode.valueOf("x")),
                new InterceptorSpec.Param("eventTypes", null), new InterceptorSpec.Param("EventTypes", null));
        var spec = new InterceptorSpec(null, new InterceptorSpec.Ref("github", "ClusterInterceptor", null), params,
                null);
        assertThat(Interceptors.compile("spec.interceptors[0]", spec, "team-a")).isEqualTo(broken(
                "spec.interceptors[0].params[0].name is missing: name the param",
                "spec.interceptors[0].params.EventTypes is there twice: leave one out"));
    }

    @Test
    void takesTheNameThatTheTriggerGivesIt() {
        var ref = new InterceptorSpec.Ref("github", null, null);
        for (var name : List.of("check the sender", "")) {
            var compiled = Interceptors.compile("spec.interceptors[0]", new InterceptorSpec(name, ref, List.of(), null),
                    "team-a");
            assertThat(compiled).isInstanceOfSatisfying(Compiled.Sound.class,
                    sound -> assertThat(sound.interceptor().name()).isEqualTo(name.isEmpty() ? "github" : name));
        }
    }

    @Test
    void tellsExpressionsThatDoNotCompileFromParamsThatAreWrong() {
        assertThat(Given.compiled("cel", json("filter: body., overlays: [{key: a..b, expression: 1 +}]")))
                .isInstanceOfSatisfying(Compiled.Broken.class,
                        broken -> assertThat(broken.problems()).extracting(Problem::reason).containsExactly(
                                Reason.ExpressionInvalid, Reason.InterceptorInvalid, Reason.ExpressionInvalid));
    }

    private static Compiled broken(String... messages) {
        return new Compiled.Broken(Stream.of(messages)
                .map(message -> new Problem(Reason.InterceptorInvalid, message)).toList());
    }

    private static List<String> problems(String kind, String params) {
        return Given.problems(kind, json(params));
    }

    /// YAML's flow style is easier to read in a table.
    private static String json(String params) {
        return Given.jsonOfYaml("{" + params.replace("REF", REF) + "}");
    }
}
