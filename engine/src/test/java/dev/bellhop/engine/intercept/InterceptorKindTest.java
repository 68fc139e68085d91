package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.api.InterceptorSpec;
import dev.bellhop.engine.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InterceptorKindTest {
    static List<InterceptorKind> kinds() {
        return InterceptorKind.all();
    }

    /// What is read shows in the complaint about a param that is not.
    @ParameterizedTest
    @MethodSource("kinds")
    void describesExactlyTheParamsThatAreRead(InterceptorKind kind) {
        assertThat(kind.params()).extracting(InterceptorKind.Param::name)
                .containsExactlyInAnyOrderElementsOf(readBy(kind.name()));
    }

    @Test
    void describesEveryKind() {
        var unknown = problems("none");
        assertThat(unknown).singleElement().asString().endsWith("use one of "
                + String.join(", ", InterceptorKind.all().stream().map(InterceptorKind::name).toList()));
    }

    private static List<String> readBy(String kind) {
        return problems(kind).stream().filter(problem -> problem.contains("is not known here: use "))
                .map(problem -> List.of(problem.substring(problem.lastIndexOf("use ") + 4).split(", "))).findFirst()
                .orElseThrow();
    }

    private static List<String> problems(String kind) {
        var spec = new InterceptorSpec(null, new InterceptorSpec.Ref(kind, null, null),
                List.of(new InterceptorSpec.Param("bogus", TextNode.valueOf("x"))), null);
        return switch (Interceptors.compile("spec.interceptors[0]", spec, "team-a")) {
            case Interceptors.Compiled.Broken(var problems) -> problems.stream().map(Problem::message).toList();
            case Interceptors.Compiled.Sound _ -> List.of();
        };
    }
}
