package dev.bellhop.engine.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jspecify.annotations.Nullable;

class LabelsTest {
    private static final Map<String, String> LABELS = Map.of("app", "shop", "empty", "");

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "app, In, shop web, true",
            "app, In, web, false",
            "gone, In, web, false",
            "empty, In, '', true",
            "app, NotIn, web, true",
            "app, NotIn, shop web, false",
            "gone, NotIn, web, true",
            "app, Exists, -, true",
            "empty, Exists, -, true",
            "gone, Exists, -, false",
            "app, DoesNotExist, -, false",
            "gone, DoesNotExist, -, true",
    })
    void decidesAnExpression(String key, String operator, @Nullable String values, boolean holds) {
        var expression = expression(key, operator, values);
        assertThat(Labels.match(Map.of(), List.of(expression), LABELS)).isEqualTo(holds);
        assertThat(Labels.problems("spec", List.of(expression))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', value = {
            "app | in | shop | spec.matchExpressions[0].operator 'in' is not an operator: write In, NotIn, Exists or DoesNotExist",
            "app | - | shop | spec.matchExpressions[0].operator '' is not an operator: write In, NotIn, Exists or DoesNotExist",
            "app | In | - | spec.matchExpressions[0].values is empty: operator In needs at least one value",
            "app | NotIn | - | spec.matchExpressions[0].values is empty: operator NotIn needs at least one value",
            "gone | NotIn | - | spec.matchExpressions[0].values is empty: operator NotIn needs at least one value",
            "app | Exists | shop | spec.matchExpressions[0].values must be empty for operator Exists",
            "gone | DoesNotExist | shop | spec.matchExpressions[0].values must be empty for operator DoesNotExist",
    })
    void anExpressionThatIsNoneMatchesNothingAndIsNamed(String key, @Nullable String operator, @Nullable String values,
            String problem) {
        var expression = expression(key, operator, values);
        assertThat(Labels.match(Map.of(), List.of(expression), LABELS)).isFalse();
        assertThat(Labels.problems("spec", List.of(expression))).containsExactly(problem);
    }

    @Test
    void wantsEveryPairAndEveryExpression() {
        var exists = expression("app", "Exists", null);
        assertThat(Labels.match(Map.of("app", "shop", "empty", ""), List.of(exists), LABELS)).isTrue();
        assertThat(Labels.match(Map.of("app", "shop", "gone", ""), List.of(exists), LABELS)).isFalse();
        assertThat(Labels.match(Map.of("app", "shop"), List.of(exists, expression("gone", "Exists", null)), LABELS))
                .isFalse();
    }

    @Test
    void anAbsentOrEmptySelectorMatchesEverything() {
        assertThat(Labels.match((LabelSelector) null, LABELS)).isTrue();
        assertThat(Labels.match(new LabelSelector(), Map.of())).isTrue();
        assertThat(Labels.match(new LabelSelectorBuilder().addToMatchLabels("app", "web").build(), LABELS)).isFalse();
    }

    private static LabelSelectorRequirement expression(String key, @Nullable String operator,
            @Nullable String values) {
        return new LabelSelectorRequirement(key, operator, values == null ? null : List.of(values.split(" ")));
    }
}
