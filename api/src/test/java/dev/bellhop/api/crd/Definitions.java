package dev.bellhop.api.crd;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.ParameterizedType;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.EventListener;
import dev.bellhop.api.EventRecord;
import dev.bellhop.api.EventSource;
import dev.bellhop.api.Trigger;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerTemplate;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDGenerator.CRDOutput;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;

/// The CustomResourceDefinitions of our kinds, made from the records.
final class Definitions {
    static final List<Class<? extends CustomResource<?, ?>>> KINDS = List.of(EventListener.class, Trigger.class,
            TriggerBinding.class, ClusterTriggerBinding.class, TriggerTemplate.class, EventSource.class,
            EventRecord.class);
    private static final String HEADER = "# Generated from the records in api/. Change them, then: ./mvnw -pl api test -Dbellhop.regenerate=true\n";
    /// The generator's own YAML leaves `True` without quotes, which Kubernetes reads as a boolean.
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private Definitions() {}

    static CustomResourceDefinition of(Class<? extends CustomResource<?, ?>> kind) throws JsonProcessingException {
        var definition = YAML.readValue(generated(kind), CustomResourceDefinition.class);
        var schema = schema(definition);
        var specAndStatus = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
        schema.setDescription(SchemaCompletion.description(kind));
        SchemaCompletion.ofSpec((Class<?>) specAndStatus[0], schema.getProperties().get("spec"));
        SchemaCompletion.ofStatus((Class<?>) specAndStatus[1], schema.getProperties().get("status"));
        order(definition.getSpec().getVersions().getFirst().getAdditionalPrinterColumns(), kind);
        return definition;
    }

    static JSONSchemaProps schema(CustomResourceDefinition definition) {
        return definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    }

    static String yaml(CustomResourceDefinition definition) throws JsonProcessingException {
        return HEADER + YAML.writeValueAsString(definition);
    }

    private static String generated(Class<? extends CustomResource<?, ?>> kind) {
        var bytes = new ByteArrayOutputStream();
        new CRDGenerator().customResourceClasses(kind).withOutput(new InMemory(bytes)).generate();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// The generator sorts the columns by their path; people read them in the order of the annotations.
    private static void order(List<CustomResourceColumnDefinition> columns, Class<?> kind) {
        var names = Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name).toList();
        columns.forEach(column -> column.setPriority(null)); // 0, the default, makes kubectl see a change in every apply
        columns.sort(Comparator.comparingInt(column -> names.indexOf(column.getName())));
    }

    private record InMemory(ByteArrayOutputStream bytes) implements CRDOutput<ByteArrayOutputStream> {
        @Override
        public ByteArrayOutputStream outputFor(String name) {
            return bytes;
        }

        @Override
        public void close() {}
    }
}
