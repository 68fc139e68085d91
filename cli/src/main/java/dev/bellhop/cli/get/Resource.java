package dev.bellhop.cli.get;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/// A resource that the API server serves, as its discovery tells it.
record Resource(String group, String version, String plural, String singular, String kind, boolean namespaced,
        List<String> shortNames, List<String> categories) {

    static Resource of(String group, String version, JsonNode json) {
        return new Resource(group, version, json.path("name").asText(), json.path("singularName").asText(),
                json.path("kind").asText(), json.path("namespaced").asBoolean(), texts(json.path("shortNames")),
                texts(json.path("categories")));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    /// Whether `name` means it: any of its names, alone or followed by its group or version and group.
    boolean isCalled(String name) {
        int dot = name.indexOf('.');
        var first = dot < 0 ? name : name.substring(0, dot);
        var rest = dot < 0 ? "" : name.substring(dot + 1);
        boolean inGroup = rest.isEmpty() || rest.equals(group) || rest.equals(version + "." + group);
        return inGroup && (first.equalsIgnoreCase(plural) || first.equalsIgnoreCase(singular)
                || first.equalsIgnoreCase(kind) || shortNames.contains(first));
    }

    /// `plural`, or `plural.group` outside the core group.
    String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /// `kind.group/` in lower case: what kubectl writes before a name.
    String prefix() {
        var name = kind.toLowerCase(java.util.Locale.ROOT);
        return (group.isEmpty() ? name : name + "." + group) + "/";
    }

    /// Where its objects are: of one namespace, or of all.
    String path(Optional<String> namespace) {
        var root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return root + (namespaced ? namespace.map(n -> "/namespaces/" + n).orElse("") : "") + "/" + plural;
    }
}
