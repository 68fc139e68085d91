package dev.bellhop.engine.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.api.BindingParam;
import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerBindingSpec;
import dev.bellhop.api.TriggerTemplate;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggerCompilerTest {
    private static final String OBJECTS = "resourcetemplates: [{apiVersion: v1, kind: ConfigMap}]";
    private static final String TEMPLATE = "template: {spec: {" + OBJECTS + "}}";
    private static final References REFERENCES = new Few();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "bindings: [] | InvalidSpec | spec.template is missing: write template.ref or template.spec, or actions",
            "template: {} | InvalidSpec | spec.template is missing: write template.ref or template.spec, or actions",
            "template: {ref: t, spec: {OBJECTS}} | InvalidSpec | spec.template has both ref 't' and spec: write one of them",
            "template: {ref: gone} | ReferenceMissing | spec.template.ref: TriggerTemplate team/gone does not exist",
            "template: {ref: empty} | TemplateInvalid | TriggerTemplate team/empty: spec is missing",
            "template: {ref: odd} | TemplateInvalid | TriggerTemplate team/odd: spec.paramz is not a field of TriggerTemplate",
            "template: {ref: torn} | TemplateInvalid | TriggerTemplate team/torn: spec: is torn",
            "template: {spec: {resourcetemplates: [{kind: ConfigMap}]}} | TemplateInvalid | spec.template.spec: resourcetemplates[0].apiVersion: is missing or no text; write for example apiVersion: v1",
            "TEMPLATE, bindings: [{}] | InvalidSpec | spec.bindings[0] is empty: write ref, or name and value",
            "TEMPLATE, bindings: [{ref: b, name: n}] | InvalidSpec | spec.bindings[0] has both ref 'b' and name 'n': write one of them",
            "TEMPLATE, bindings: [{name: n}] | InvalidSpec | spec.bindings[0].value is missing for param 'n'",
            "TEMPLATE, bindings: [{ref: b, kind: Binding}] | InvalidSpec | spec.bindings[0].kind 'Binding' is not a kind of binding: write TriggerBinding or ClusterTriggerBinding",
            "TEMPLATE, bindings: [{ref: gone}] | ReferenceMissing | spec.bindings[0].ref: TriggerBinding team/gone does not exist",
            "TEMPLATE, bindings: [{ref: gone, kind: ClusterTriggerBinding}] | ReferenceMissing | spec.bindings[0].ref: ClusterTriggerBinding gone does not exist",
            "TEMPLATE, bindings: [{ref: odd}] | BindingInvalid | TriggerBinding team/odd: spec.parms is not a field of TriggerBinding",
            "TEMPLATE, bindings: [{ref: torn}] | BindingInvalid | TriggerBinding team/torn: spec: is torn",
            "TEMPLATE, bindings: [{ref: empty}] | BindingInvalid | TriggerBinding team/empty: spec is missing",
            "TEMPLATE, bindings: [{ref: nameless}] | BindingInvalid | TriggerBinding team/nameless: every item of spec.params needs name and value",
            "TEMPLATE, bindings: [{name: p, value: x}, {name: p, value: y}] | BindingInvalid | spec.bindings[1].value: param 'p' is also given by spec.bindings[0].value; rename one of them or take it out",
            "TEMPLATE, interceptors: [{ref: {name: mine}}] | InterceptorInvalid | spec.interceptors[0].ref.name 'mine' is not known: use one of github, gitlab, bitbucket, hmac, cel",
    })
    void tellsWhatIsWrong(String spec, Reason reason, String message) {
        assertThat(problems(spec)).containsExactly(new Problem(reason, message));
    }

    @Test
    void tellsAnExpressionThatDoesNotCompileWithItsPosition() {
        assertThat(problems(TEMPLATE
                + ", interceptors: [{ref: {name: cel}, params: [{name: filter, value: \"body.ref = 'x'\"}]}]"))
                .singleElement().satisfies(problem -> {
                    assertThat(problem.reason()).isEqualTo(Reason.ExpressionInvalid);
                    assertThat(problem.message())
                            .startsWith("spec.interceptors[0].params.filter does not compile at 1:10: ");
                });
    }

    @Test
    void tellsAParamThatTheTemplateDoesNotDeclare() {
        assertThat(problems("template: {spec: {resourcetemplates: [{apiVersion: v1, kind: $(tt.params.kind)}]}}"))
                .singleElement().extracting(Problem::reason).isEqualTo(Reason.TemplateInvalid);
    }

    @Test
    void tellsAllProblemsTogether() {
        assertThat(problems(
                "interceptors: [{ref: {name: mine}}, {ref: {name: cel}, params: [{name: filter, value: 1 +}]}], "
                        + "bindings: [{}, {ref: gone}, {name: p, value: $(body}], template: {ref: gone}"))
                .extracting(Problem::reason).containsExactly(
                        Reason.InterceptorInvalid, Reason.ExpressionInvalid, Reason.InvalidSpec,
                        Reason.ReferenceMissing, Reason.ReferenceMissing, Reason.BindingInvalid);
    }

    @Test
    void refusesANameThatCreatedObjectsCouldNotCarry() {
        var spec = "{" + TEMPLATE + "}";
        assertThat(Triggers.compile("team/" + "a".repeat(63), Map.of(), spec, REFERENCES))
                .isInstanceOf(Compilation.Sound.class);
        assertThat(Triggers.compile("team/" + "a".repeat(64), Map.of(), spec, REFERENCES))
                .isEqualTo(new Compilation.Broken(List.of(new Problem(Reason.InvalidSpec, "metadata.name '"
                        + "a".repeat(64) + "' cannot be the value of a label, which created objects carry: use at most "
                        + "63 letters, digits, '-', '_' and '.', and begin and end with a letter or digit"))));
    }

    @Test
    void warnsOfParamsThatNothingGives() {
        var spec = "{template: {spec: {params: [{name: a}, {name: b}, {name: c, default: x}], resourcetemplates: "
                + "[{apiVersion: v1, kind: ConfigMap, data: {a: $(tt.params.a), b: $(tt.params.b), c: $(tt.params.c)}}]}}, "
                + "bindings: [{name: a, value: x}]}";
        assertThat(Triggers.compile("team/t", Map.of(), spec, REFERENCES)).isInstanceOfSatisfying(
                Compilation.Sound.class, sound -> assertThat(sound.warnings()).containsExactly("the template uses "
                        + "$(tt.params.b), which no binding and no default gives: it stays as it is"));
    }

    @Test
    void anEmptyServiceAccountIsNone() {
        assertThat(account("")).isEmpty();
        assertThat(account(", serviceAccountName: ''")).isEmpty();
        assertThat(account(", serviceAccountName: builder")).contains("builder");
    }

    private static Optional<String> account(String field) {
        return switch (Triggers.compile("team/t", Map.of(), "{" + TEMPLATE + field + "}", REFERENCES)) {
            case Compilation.Sound(var trigger, var _) -> trigger.serviceAccount();
            case Compilation.Broken(var problems) -> throw new AssertionError(problems);
        };
    }

    private static List<Problem> problems(String spec) {
        var yaml = "{" + spec.replace("OBJECTS", OBJECTS).replace("TEMPLATE", TEMPLATE) + "}";
        return switch (Triggers.compile("team/t", Map.of(), yaml, REFERENCES)) {
            case Compilation.Sound _ -> List.of();
            case Compilation.Broken(var problems) -> problems;
        };
    }

    /// References with something wrong behind each name.
    private static final class Few extends Triggers.Absent {
        @Override
        public @Nullable Read<TriggerBinding> binding(ObjectName name) {
            return switch (name.name()) {
                case "odd" -> understood(withSpec(List.of()), "spec.parms");
                case "nameless" -> understood(
                        withSpec(List.of(new BindingParam(null, "x"))));
                case "empty" -> understood(new TriggerBinding());
                case "torn" -> torn();
                default -> null;
            };
        }

        @Override
        public @Nullable Read<ClusterTriggerBinding> clusterBinding(String name) {
            return null;
        }

        @Override
        public @Nullable Read<TriggerTemplate> template(ObjectName name) {
            return switch (name.name()) {
                case "odd" -> understood(new TriggerTemplate(), "spec.paramz");
                case "empty" -> understood(new TriggerTemplate());
                case "torn" -> torn();
                default -> null;
            };
        }

        private static TriggerBinding withSpec(List<BindingParam> params) {
            var binding = new TriggerBinding();
            binding.setSpec(new TriggerBindingSpec(params));
            return binding;
        }

        private static <T> Read<T> understood(T object, String... unknown) {
            return new Read.Understood<>(object, List.of(unknown));
        }

        private static <T> Read<T> torn() {
            return new Read.Unreadable<>("spec: is torn");
        }
    }
}
