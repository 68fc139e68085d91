package dev.bellhop.apiserver.kind;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Json;
import io.fabric8.kubernetes.api.model.Duration;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes the schemas of built-in kinds from the types of the Kubernetes client. What types cannot say, how lists merge,
/// stands in a table by the element's type.
final class SchemaGenerator {

    private static final String PREFIX = "io.fabric8.kubernetes.api.model.";

    private static final Map<String, List<String>> LIST_KEYS = Map.ofEntries(
            Map.entry("Container", List.of("name")), Map.entry("EphemeralContainer", List.of("name")),
            Map.entry("EnvVar", List.of("name")), Map.entry("Volume", List.of("name")),
            Map.entry("VolumeMount", List.of("mountPath")), Map.entry("VolumeDevice", List.of("devicePath")),
            Map.entry("ContainerPort", List.of("containerPort", "protocol")),
            Map.entry("ServicePort", List.of("port", "protocol")), Map.entry("LocalObjectReference", List.of("name")),
            Map.entry("HostAlias", List.of("ip")), Map.entry("PodCondition", List.of("type")),
            Map.entry("TopologySpreadConstraint", List.of("topologyKey", "whenUnsatisfiable")),
            Map.entry("Condition", List.of("type")), Map.entry("DeploymentCondition", List.of("type")),
            Map.entry("NamespaceCondition", List.of("type")), Map.entry("NodeCondition", List.of("type")),
            Map.entry("CustomResourceDefinitionCondition", List.of("type")),
            Map.entry("HorizontalPodAutoscalerCondition", List.of("type")),
            Map.entry("ReplicaSetCondition", List.of("type")), Map.entry("StatefulSetCondition", List.of("type")),
            Map.entry("DaemonSetCondition", List.of("type")), Map.entry("ValidatingWebhook", List.of("name")),
            Map.entry("MutatingWebhook", List.of("name")));
    private static final List<String> ATOMIC_MAPS = List.of("LabelSelector", "SecretKeySelector",
            "ConfigMapKeySelector",
            "ObjectReference", "LocalObjectReference", "ObjectFieldSelector", "ResourceFieldSelector", "NodeSelector",
            "RoleRef", "TypedLocalObjectReference");

    private final Map<String, ObjectNode> definitions = new TreeMap<>();

    /// The content of the resource file for these kinds.
    ObjectNode generate(List<ResourceType> types) {
        ObjectNode file = Json.object();
        ObjectNode kinds = file.putObject("kinds");
        types.stream().sorted(Comparator.comparing(type -> type.apiVersion() + type.kind()))
                .forEach(type -> kinds.put(type.apiVersion() + "/" + type.kind(), refer(model(type))));
        ObjectNode all = file.putObject("definitions");
        definitions.forEach(all::set);
        return file;
    }

    private static Class<?> model(ResourceType type) {
        String group = type.group().isEmpty() ? "" : type.group().split("\\.")[0];
        String sub = switch (group) {
            case "" -> "";
            case "admissionregistration" -> "admissionregistration.v1.";
            case "authorization" -> "authorization.v1.";
            case "rbac" -> "rbac.";
            case "batch", "policy", "networking", "autoscaling", "coordination", "events", "apiextensions" ->
                group + "." + type.version() + ".";
            default -> group + ".";
        };
        try {
            return Class.forName(PREFIX + sub + type.kind());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The client has no type for " + type.apiVersion() + " " + type.kind(), e);
        }
    }

    private String refer(Class<?> model) {
        String name = model.getName().substring(PREFIX.length());
        if (!definitions.containsKey(name)) {
            ObjectNode definition = Json.object().put("type", "object");
            definitions.put(name, definition);
            ObjectNode properties = definition.putObject("properties");
            Arrays.stream(model.getDeclaredFields()).filter(field -> field.isAnnotationPresent(JsonProperty.class))
                    .sorted(Comparator.comparing(SchemaGenerator::nameOf))
                    .forEach(field -> properties.set(nameOf(field), property(field)));
            if (ATOMIC_MAPS.contains(model.getSimpleName())) {
                definition.put("x-kubernetes-map-type", "atomic");
            }
            addDefaults(model.getSimpleName(), properties);
        }
        return name;
    }

    private static String nameOf(Field field) {
        return field.getAnnotation(JsonProperty.class).value();
    }

    /// The keys of these lists have defaults, without which an element could not be told from its neighbour.
    private static void addDefaults(String model, ObjectNode properties) {
        if (("ContainerPort".equals(model) || "ServicePort".equals(model))
                && properties.get("protocol") instanceof ObjectNode protocol) {
            protocol.put("default", "TCP");
        }
    }

    private JsonNode property(Field field) {
        JsonFormat format = field.getAnnotation(JsonFormat.class);
        if (format != null && format.shape() == JsonFormat.Shape.STRING) {
            return nullable("string");
        }
        return schema(field.getGenericType());
    }

    private ObjectNode schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == Map.class) {
                ObjectNode map = nullable("object");
                map.set("additionalProperties", schema(arguments[1]));
                return map;
            }
            ObjectNode list = nullable("array");
            list.set("items", schema(arguments[0]));
            List<String> keys = arguments[0] instanceof Class<?> element
                    ? LIST_KEYS.getOrDefault(element.getSimpleName(), List.of())
                    : List.of();
            if (!keys.isEmpty()) {
                list.put("x-kubernetes-list-type", "map");
                keys.forEach(list.putArray("x-kubernetes-list-map-keys")::add);
            }
            return list;
        }
        return scalarOrObject((Class<?>) type);
    }

    private ObjectNode scalarOrObject(Class<?> type) {
        if (type == String.class || type == MicroTime.class || type == Duration.class || type.isEnum()) {
            return nullable("string");
        }
        if (type == Integer.class || type == Long.class) {
            return nullable("integer");
        }
        if (type == Boolean.class) {
            return nullable("boolean");
        }
        if (type == Double.class || type == Float.class) {
            return nullable("number");
        }
        if (type == IntOrString.class || type == Quantity.class) {
            return Json.object().put("x-kubernetes-int-or-string", true).put("nullable", true);
        }
        if (type == ObjectMeta.class || type == JSONSchemaProps.class || !type.getName().startsWith(PREFIX)
                || Arrays.stream(type.getDeclaredFields())
                        .noneMatch(field -> field.isAnnotationPresent(JsonProperty.class))) {
            return Json.object().put("x-kubernetes-preserve-unknown-fields", true).put("nullable", true);
        }
        return Json.object().put("$ref", BuiltInSchemas.REFERENCE + refer(type));
    }

    private static ObjectNode nullable(String type) {
        return Json.object().put("type", type).put("nullable", true);
    }
}
