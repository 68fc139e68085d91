package dev.bellhop.api.crd;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.api.Address;
import dev.bellhop.api.Binding;
import dev.bellhop.api.ConcurrencySpec;
import dev.bellhop.api.ExposeSpec;
import dev.bellhop.api.KubernetesEventsSourceSpec;
import dev.bellhop.api.action.ActionSpec;
import dev.bellhop.api.action.AnyJson;
import dev.bellhop.api.action.PatchSpec;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/// Adds to a generated schema what the generator cannot see in the records: what the API server must keep, closed sets,
/// merge keys, formats, and the descriptions of Kubernetes' own types. Walks the schema along the Java types.
final class SchemaCompletion {
    private static final Map<String, String> LABEL_SELECTOR = Map.of(
            "matchLabels", "Labels that must be there, each with this value. All must hold.",
            "matchExpressions", "Conditions on labels. All must hold.");
    private static final Map<String, String> REQUIREMENT = Map.of(
            "key", "Key of the label.",
            "operator", "In or NotIn (with values), Exists or DoesNotExist (without).",
            "values", "Values that In and NotIn compare with.");
    private static final Map<String, String> CONDITION = Map.of(
            "type", "What the condition is about: Ready.",
            "status", "True, False or Unknown.",
            "reason", "Why, in one word from a closed list.",
            "message", "Why, for the person who can mend it: the field, what it says and what is expected.",
            "lastTransitionTime", "When the status last changed.",
            "observedGeneration", "metadata.generation that the condition speaks of.");

    /// Specs keep unknown fields: users write `resourceTemplates` for `resourcetemplates`, and a misspelt field is to be
    /// reported, not dropped. A status is written by us alone.
    private final boolean keepsUnknownFields;

    private SchemaCompletion(boolean keepsUnknownFields) {
        this.keepsUnknownFields = keepsUnknownFields;
    }

    static void ofSpec(Class<?> spec, JSONSchemaProps schema) {
        new SchemaCompletion(true).complete(spec, schema);
        schema.setDescription(description(spec));
    }

    static void ofStatus(Class<?> status, JSONSchemaProps schema) {
        new SchemaCompletion(false).complete(status, schema);
        schema.setDescription(description(status));
    }

    static String description(Class<?> type) {
        return type.getAnnotation(JsonClassDescription.class).value();
    }

    private void complete(Type type, JSONSchemaProps schema) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            complete(generic.getActualTypeArguments()[0], schema.getItems().getSchema());
        } else if (type == JsonNode.class) {
            schema.setType("object");
        } else if (type == LabelSelector.class) {
            describe(schema, LABEL_SELECTOR);
            complete(LabelSelectorRequirement.class,
                    schema.getProperties().get("matchExpressions").getItems().getSchema());
        } else if (type == LabelSelectorRequirement.class) {
            describe(schema, REQUIREMENT);
            close(schema.getProperties().get("operator"), "In", "NotIn", "Exists", "DoesNotExist");
        } else if (type == Condition.class) {
            completeCondition(schema);
        } else if (type == Long.class) {
            schema.setFormat("int64");
        } else if (type == Integer.class) {
            schema.setFormat("int32");
        } else if (type instanceof Class<?> record && record.isRecord()) {
            completeRecord(record, schema);
        }
    }

    private void completeRecord(Class<?> record, JSONSchemaProps schema) {
        keepUnknownFields(schema);
        var inOrderOfDeclaration = new LinkedHashMap<String, JSONSchemaProps>();
        for (var component : record.getRecordComponents()) {
            var property = schema.getProperties().get(name(component));
            inOrderOfDeclaration.put(name(component), property);
            if (component.isAnnotationPresent(AnyJson.class)) {
                property.setNullable(true);
                property.setXKubernetesPreserveUnknownFields(true);
            } else {
                complete(component.getGenericType(), property);
            }
            setMerging(component, property);
        }
        schema.setProperties(inOrderOfDeclaration);
        if (record == Binding.class) {
            close(schema.getProperties().get("kind"), "TriggerBinding", "ClusterTriggerBinding");
        } else if (record == ConcurrencySpec.class) {
            close(schema.getProperties().get("policy"), "queue", "cancelOlder", "dropNewer");
        } else if (record == KubernetesEventsSourceSpec.Rule.class) {
            close(schema.getProperties().get("action"), "accept", "reject");
        } else if (record == ActionSpec.class) {
            close(schema.getProperties().get("whenFalse"), "skip", "delete");
        } else if (record == PatchSpec.class) {
            close(schema.getProperties().get("type"), "merge", "json", "strategic");
        } else if (record == ExposeSpec.class) {
            close(schema.getProperties().get("scheme"), "https", "http");
        } else if (record == ExposeSpec.Ingress.class) {
            close(schema.getProperties().get("gateway"), "nginx", "traefik", "kong", "none");
        }
    }

    /// A list without keys is replaced as a whole, also by server-side apply; conditions have an owner per item. The API
    /// server demands that the keys are required. An address is replaced as a whole too: of an object that loses its last
    /// field, older API servers keep a `null` and then refuse it.
    private static void setMerging(RecordComponent component, JSONSchemaProps property) {
        if (component.getName().equals("conditions") && component.getType() == List.class) {
            keys(property, "type");
        } else if (component.getType() == Address.class) {
            property.setXKubernetesMapType("atomic");
        }
    }

    private static void keys(JSONSchemaProps list, String... keys) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(List.of(keys));
        list.getItems().getSchema().setRequired(List.of(keys));
    }

    private void completeCondition(JSONSchemaProps schema) {
        describe(schema, CONDITION);
        close(schema.getProperties().get("status"), "True", "False", "Unknown");
        schema.getProperties().get("lastTransitionTime").setFormat("date-time");
        schema.getProperties().get("observedGeneration").setFormat("int64");
    }

    private void describe(JSONSchemaProps schema, Map<String, String> descriptions) {
        keepUnknownFields(schema);
        schema.getProperties().forEach((name, property) -> property.setDescription(descriptions.get(name)));
    }

    private void keepUnknownFields(JSONSchemaProps schema) {
        if (keepsUnknownFields) {
            schema.setXKubernetesPreserveUnknownFields(true);
        }
    }

    private static void close(JSONSchemaProps property, String... values) {
        property.setEnum(Stream.of(values).<JsonNode>map(TextNode::valueOf).toList());
    }

    private static String name(RecordComponent component) {
        var property = component.getAccessor().getAnnotation(JsonProperty.class);
        return property == null ? component.getName() : property.value();
    }
}
