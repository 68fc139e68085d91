package dev.bellhop.apiserver.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.BuiltInSchemas;
import dev.bellhop.apiserver.kind.Catalog;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// OpenAPI v3: one document per group and version, as far as `kubectl explain` and `apply` read it.
public final class OpenApi {

    private static final String PREFIX = "/openapi/v3";

    private final Catalog catalog;

    public OpenApi(Catalog catalog) {
        this.catalog = catalog;
    }

    Optional<Reply> answer(String path, Call call) {
        if (path.equals(PREFIX)) {
            return Optional.of(Reply.json(200, index()));
        }
        if (!path.startsWith(PREFIX + "/")) {
            return Optional.empty();
        }
        String[] words = path.substring(PREFIX.length() + 1).split("/");
        if (words.length == 2 && "api".equals(words[0])) {
            return document("", words[1]);
        }
        return words.length == 3 && "apis".equals(words[0]) ? document(words[1], words[2]) : Optional.empty();
    }

    private ObjectNode index() {
        var roots = new TreeMap<String, String>();
        roots.put("api/v1", "");
        catalog.groups().forEach(group -> group.versions()
                .forEach(version -> roots.put("apis/" + group.name() + "/" + version, "")));
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        roots.keySet().forEach(root -> paths.putObject(root).put("serverRelativeURL",
                PREFIX + "/" + root + "?hash=" + catalog.edition()));
        return index;
    }

    private Optional<Reply> document(String group, String version) {
        if (!catalog.serves(group, version)) {
            return Optional.empty();
        }
        ObjectNode document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.32.0");
        ObjectNode paths = document.putObject("paths");
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        for (ResourceType type : catalog.in(group, version)) {
            String name = schemaName(type);
            schemas.set(name, schema(type));
            addPaths(type, name, paths);
        }
        addReferred(schemas);
        return Optional.of(Reply.json(200, document));
    }

    /// Adds the definitions that the schemas refer to, and those that these refer to.
    private static void addReferred(ObjectNode schemas) {
        Set<String> missing = new TreeSet<>();
        schemas.findValuesAsText("$ref").forEach(reference -> {
            String name = reference.substring(BuiltInSchemas.REFERENCE.length());
            if (!schemas.has(name)) {
                missing.add(name);
            }
        });
        missing.forEach(name -> schemas.set(name, BuiltInSchemas.definition(name)));
        if (!missing.isEmpty()) {
            addReferred(schemas);
        }
    }

    private static void addPaths(ResourceType type, String schema, ObjectNode paths) {
        String root = (type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion() + "/"
                + (type.namespaced() ? "namespaces/{namespace}/" : "") + type.plural();
        ObjectNode collection = paths.putObject(root);
        operation(collection, type, "post", "post", schema);
        if (type.isReview()) {
            return;
        }
        operation(collection, type, "get", "list", schema);
        ObjectNode one = paths.putObject(root + "/{name}");
        operation(one, type, "get", "get", schema);
        operation(one, type, "put", "put", schema);
        operation(one, type, "patch", "patch", schema);
        operation(one, type, "delete", "delete", schema);
    }

    private static void operation(ObjectNode path, ResourceType type, String method, String action, String schema) {
        ObjectNode operation = path.putObject(method);
        operation.put("x-kubernetes-action", action);
        operation.set("x-kubernetes-group-version-kind", groupVersionKind(type));
        if (!"get".equals(method)) {
            ArrayNode parameters = operation.putArray("parameters");
            for (String name : new String[]{"dryRun", "fieldManager", "fieldValidation"}) {
                parameters.addObject().put("name", name).put("in", "query").putObject("schema").put("type", "string");
            }
        }
        operation.putObject("responses").putObject("200").put("description", "OK").putObject("content")
                .putObject("application/json").putObject("schema").put("$ref", "#/components/schemas/" + schema);
    }

    private static ObjectNode schema(ResourceType type) {
        ObjectNode schema = type.schema().source().deepCopy();
        schema.put("type", "object");
        schema.putArray("x-kubernetes-group-version-kind").add(groupVersionKind(type));
        ObjectNode properties = schema.get("properties") instanceof ObjectNode present
                ? present
                : schema.putObject("properties");
        properties.putObject("apiVersion").put("type", "string").put("description",
                "The group and version of the object.");
        properties.putObject("kind").put("type", "string").put("description", "The kind of the object.");
        properties.putObject("metadata").put("type", "object").put("description",
                "Name, namespace, labels and what else all objects have.");
        return schema;
    }

    private static ObjectNode groupVersionKind(ResourceType type) {
        return Json.object().put("group", type.group()).put("version", type.version()).put("kind", type.kind());
    }

    private static String schemaName(ResourceType type) {
        return (type.group().isEmpty() ? "core" : type.group()) + "." + type.version() + "." + type.kind();
    }
}
