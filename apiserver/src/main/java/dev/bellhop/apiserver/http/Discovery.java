package dev.bellhop.apiserver.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.Catalog;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Tells which groups, versions and kinds there are.
public final class Discovery {

    private final Catalog catalog;

    public Discovery(Catalog catalog) {
        this.catalog = catalog;
    }

    Optional<Reply> answer(String path) {
        String[] words = path.substring(1).split("/");
        if ("api".equals(words[0])) {
            return switch (words.length) {
                case 1 -> Optional.of(Reply.json(200, coreVersions()));
                case 2 -> resources("", words[1]);
                default -> Optional.empty();
            };
        }
        if ("apis".equals(words[0])) {
            return switch (words.length) {
                case 1 -> Optional.of(Reply.json(200, groups()));
                case 2 -> catalog.groups().stream().filter(group -> group.name().equals(words[1])).findFirst()
                        .map(group -> Reply.json(200, group(group).put("kind", "APIGroup").put("apiVersion", "v1")));
                case 3 -> resources(words[1], words[2]);
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    private static ObjectNode coreVersions() {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    private ObjectNode groups() {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        catalog.groups().forEach(group -> groups.add(group(group)));
        return list;
    }

    private static ObjectNode group(Catalog.Group group) {
        ObjectNode json = Json.object().put("name", group.name());
        ArrayNode versions = json.putArray("versions");
        group.versions().forEach(version -> versions.addObject().put("groupVersion", group.name() + "/" + version)
                .put("version", version));
        json.set("preferredVersion", versions.get(0));
        return json;
    }

    private Optional<Reply> resources(String group, String version) {
        if (!catalog.serves(group, version)) {
            return Optional.empty();
        }
        ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1").put("groupVersion",
                group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = list.putArray("resources");
        for (ResourceType type : catalog.in(group, version)) {
            resources.add(resource(type));
            type.subresources().stream().sorted().forEach(subresource -> resources.add(subresource(type, subresource)));
        }
        return Optional.of(Reply.json(200, list));
    }

    private static ObjectNode resource(ResourceType type) {
        String singular = type.names().singular().isEmpty()
                ? type.kind().toLowerCase(Locale.ROOT)
                : type.names().singular();
        ObjectNode json = Json.object().put("name", type.plural()).put("singularName", singular)
                .put("namespaced", type.namespaced()).put("kind", type.kind());
        type.verbs().forEach(json.putArray("verbs")::add);
        addAll(json, "shortNames", type.names().shortNames());
        addAll(json, "categories", type.names().categories());
        return json;
    }

    private static ObjectNode subresource(ResourceType type, String subresource) {
        ObjectNode json = Json.object().put("name", type.plural() + "/" + subresource).put("singularName", "")
                .put("namespaced", type.namespaced());
        List<String> verbs = switch (subresource) {
            case "token" -> {
                json.put("group", "authentication.k8s.io").put("version", "v1").put("kind", "TokenRequest");
                yield List.of("create");
            }
            case "log" -> {
                json.put("kind", type.kind());
                yield List.of("get");
            }
            case "finalize" -> {
                json.put("kind", type.kind());
                yield List.of("update");
            }
            case "scale" -> {
                json.put("group", "autoscaling").put("version", "v1").put("kind", "Scale");
                yield List.of("get", "patch", "update");
            }
            default -> {
                json.put("kind", type.kind());
                yield List.of("get", "patch", "update");
            }
        };
        verbs.forEach(json.putArray("verbs")::add);
        return json;
    }

    private static void addAll(ObjectNode json, String field, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(json.putArray(field)::add);
        }
    }
}
