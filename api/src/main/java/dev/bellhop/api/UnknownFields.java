package dev.bellhop.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.CustomResource;

/// Finds fields below `spec` that a kind does not have. A misspelt `interceptors` must not turn into a Trigger without
/// checks, so the schema keeps such fields and they are reported in the status. Values that are no record of ours (labels,
/// free JSON) are not looked into.
final class UnknownFields {
    private final List<String> paths = new ArrayList<>();

    private UnknownFields() {}

    /// The paths, such as `spec.bindings[1].rev`, in the order of the document.
    static List<String> of(JsonNode json, CustomResource<?, ?> object) {
        var spec = object.getSpec();
        if (spec == null) {
            return List.of();
        }
        var unknown = new UnknownFields();
        json.properties().stream()
                .filter(field -> field.getKey().equalsIgnoreCase("spec"))
                .forEach(field -> unknown.look("spec", field.getValue(), spec.getClass()));
        return List.copyOf(unknown.paths);
    }

    private void look(String path, JsonNode json, Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            for (int i = 0; i < json.size() && json.isArray(); i++) {
                look(path + "[" + i + "]", json.get(i), list.getActualTypeArguments()[0]);
            }
        } else if (type instanceof Class<?> kind && kind.isRecord()) {
            for (var field : json.properties()) {
                var component = component(kind, field.getKey());
                if (component.isPresent() && !isSecondWord(json, component.get(), field.getKey())) {
                    look(path + "." + field.getKey(), field.getValue(), component.get().getGenericType());
                } else {
                    paths.add(path + "." + field.getKey());
                }
            }
        }
    }

    private static Optional<RecordComponent> component(Class<?> kind, String field) {
        return Arrays.stream(kind.getRecordComponents()).filter(component -> isCalled(component, field)).findFirst();
    }

    /// Whether `field` is an alias, and the same component is there under another word too: one of them would be lost.
    private static boolean isSecondWord(JsonNode json, RecordComponent component, String field) {
        return !name(component).equalsIgnoreCase(field) && json.properties().stream().map(Map.Entry::getKey)
                .anyMatch(other -> !other.equalsIgnoreCase(field) && isCalled(component, other));
    }

    private static boolean isCalled(RecordComponent component, String field) {
        return name(component).equalsIgnoreCase(field)
                || aliases(component).stream().anyMatch(alias -> alias.equalsIgnoreCase(field));
    }

    private static List<String> aliases(RecordComponent component) {
        var aliases = component.getAccessor().getAnnotation(JsonAlias.class);
        return aliases == null ? List.of() : List.of(aliases.value());
    }

    private static String name(RecordComponent component) {
        var property = component.getAccessor().getAnnotation(JsonProperty.class);
        return property == null ? component.getName() : property.value();
    }
}
