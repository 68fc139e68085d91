package dev.bellhop.engine.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import dev.bellhop.api.NamespaceSelector;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jspecify.annotations.Nullable;

/// The listener is in `own`; Triggers are in `own`, `a` and `b`, whose Namespaces are labelled `team: <name>`; `b` is
/// also `restricted`. One Trigger of each namespace has the label `app: x`, one has none.
class TriggerSelectionTest {
    private static final Map<String, Map<String, String>> NAMESPACES = Map.of("own", Map.of("team", "own"),
            "a", Map.of("team", "a"), "b", Map.of("team", "b", "restricted", ""));

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            // matchNames | labels | chosen, an x behind the namespace for the labelled Trigger
            "* | - | own own/x a a/x b b/x",
            "* | app | own/x a/x b/x",
            "a b | - | a a/x b b/x",
            "a b | app | a/x b/x",
            "gone | - | ''",
            "* a | - | a a/x",
            "- | - | ''",
            "- | app | own/x",
    })
    void choosesAsTektonDoes(@Nullable String names, @Nullable String label, String chosen) {
        assertThat(chosen(names(names), label(label), null)).isEqualTo(chosen);
    }

    @Test
    void anEmptyNamespaceSelectorIsNone() {
        var empty = new NamespaceSelector(List.of(), Map.of(), List.of());
        assertThat(chosen(empty, null, null)).isEmpty();
        assertThat(chosen(empty, label("app"), null)).isEqualTo("own/x");
        assertThat(new TriggerSelection("own", empty, null, null).isEmpty()).isTrue();
        assertThat(new TriggerSelection("own", empty, label("app"), null).isEmpty()).isFalse();
        assertThat(new TriggerSelection("own", names("*"), null, null).isEmpty()).isFalse();
    }

    @Test
    void anEmptyLabelSelectorMatchesAllOfTheOwnNamespace() {
        assertThat(chosen(null, new LabelSelector(), null)).isEqualTo("own own/x");
    }

    @Test
    void bothLabelSelectorsMustMatch() {
        assertThat(chosen(names("*"), label("app"), label("gone"))).isEmpty();
        assertThat(chosen(names("*"), null, label("app"))).isEqualTo("own/x a/x b/x");
        assertThat(chosen(null, null, label("app"))).isEqualTo("own/x");
    }

    @Test
    void choosesNamespacesByTheirLabels() {
        assertThat(chosen(new NamespaceSelector(List.of(), Map.of("team", "a"), List.of()), null, null))
                .isEqualTo("a a/x");
        assertThat(chosen(new NamespaceSelector(List.of(), Map.of(), List.of(UNRESTRICTED)), label("app"), null))
                .isEqualTo("own/x a/x");
        assertThat(chosen(new NamespaceSelector(List.of(), Map.of("team", "b"), List.of(UNRESTRICTED)), null, null))
                .isEmpty();
    }

    @Test
    void choosesNamespacesByNameOrByTheirLabels() {
        assertThat(chosen(new NamespaceSelector(List.of("b"), Map.of("team", "a"), List.of()), null, null))
                .isEqualTo("a a/x b b/x");
    }

    @Test
    void anUnknownNamespaceIsChosenByNameOnly() {
        var unrestricted = new NamespaceSelector(List.of("named"), Map.of(), List.of(UNRESTRICTED));
        var selection = new TriggerSelection("own", unrestricted, null, null);
        assertThat(selection.chooses("unknown", null, Map.of())).isFalse();
        assertThat(selection.chooses("named", null, Map.of())).isTrue();
    }

    private static final LabelSelectorRequirement UNRESTRICTED = new LabelSelectorRequirement("restricted",
            "DoesNotExist", null);

    private static String chosen(@Nullable NamespaceSelector namespaces, @Nullable LabelSelector labels,
            @Nullable LabelSelector more) {
        var selection = new TriggerSelection("own", namespaces, labels, more);
        var chosen = new StringBuilder();
        for (var namespace : List.of("own", "a", "b")) {
            if (selection.chooses(namespace, NAMESPACES.get(namespace), Map.of())) {
                chosen.append(' ').append(namespace);
            }
            if (selection.chooses(namespace, NAMESPACES.get(namespace), Map.of("app", "x"))) {
                chosen.append(' ').append(namespace).append("/x");
            }
        }
        return chosen.toString().strip();
    }

    private static @Nullable NamespaceSelector names(@Nullable String names) {
        return names == null ? null : new NamespaceSelector(List.of(names.split(" ")), Map.of(), List.of());
    }

    private static @Nullable LabelSelector label(@Nullable String key) {
        return key == null ? null : new LabelSelectorBuilder().addToMatchLabels(key, "x").build();
    }
}
