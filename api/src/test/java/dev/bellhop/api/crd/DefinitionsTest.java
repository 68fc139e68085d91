package dev.bellhop.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionsTest {
    static Stream<Class<? extends CustomResource<?, ?>>> kinds() {
        return Definitions.KINDS.stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theCheckedInDefinitionFollowsFromTheRecords(Class<? extends CustomResource<?, ?>> kind) throws IOException {
        GeneratedFile.inProject("config/crd/" + HasMetadata.getPlural(kind) + ".yaml")
                .holds(Definitions.yaml(Definitions.of(kind)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theKustomizationInstallsTheDefinition(Class<? extends CustomResource<?, ?>> kind) throws IOException {
        assertThat(GeneratedFile.inProject("config/crd/kustomization.yaml").content().lines())
                .contains("- " + HasMetadata.getPlural(kind) + ".yaml");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyFieldIsDescribed(Class<? extends CustomResource<?, ?>> kind) throws IOException {
        var undescribed = new ArrayList<String>();

        collectUndescribed(HasMetadata.getKind(kind), Definitions.schema(Definitions.of(kind)), undescribed);

        assertThat(undescribed).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aSpecKeepsFieldsOfAnotherCaseAtEveryDepth(Class<? extends CustomResource<?, ?>> kind) throws IOException {
        var strict = new ArrayList<String>();

        collectStrict("spec", Definitions.schema(Definitions.of(kind)).getProperties().get("spec"), strict);

        assertThat(strict).isEmpty();
    }

    /// Before 1.21, a field of either type makes an API server merge every list of the kind as a whole: server-side apply
    /// of a status then drops the conditions of others.
    @ParameterizedTest
    @MethodSource("kinds")
    void noFieldIsOfEitherIntegerOrString(Class<? extends CustomResource<?, ?>> kind) throws IOException {
        assertThat(Definitions.yaml(Definitions.of(kind))).doesNotContain("x-kubernetes-int-or-string");
    }

    private static void collectUndescribed(String path, JSONSchemaProps schema, List<String> undescribed) {
        if (schema.getDescription() == null) {
            undescribed.add(path);
        }
        schema.getProperties()
                .forEach((name, property) -> collectUndescribed(path + "." + name, property, undescribed));
        if (schema.getItems() != null) {
            schema.getItems().getSchema().getProperties()
                    .forEach((name, property) -> collectUndescribed(path + "[]." + name, property, undescribed));
        }
    }

    private static void collectStrict(String path, JSONSchemaProps schema, List<String> strict) {
        boolean hasFields = "object".equals(schema.getType()) && schema.getAdditionalProperties() == null;
        if (!schema.getRequired().isEmpty()
                || (hasFields && !Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields()))) {
            strict.add(path);
        }
        schema.getProperties().forEach((name, property) -> collectStrict(path + "." + name, property, strict));
        if (schema.getItems() != null) {
            collectStrict(path + "[]", schema.getItems().getSchema(), strict);
        }
    }
}
